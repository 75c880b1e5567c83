package dev.borrowerjourney.session.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.borrowerjourney.defaults.command.OperatorCommand;
import dev.borrowerjourney.defaults.command.UsageException;
import dev.borrowerjourney.session.platform.HttpSubscriptions;
import dev.borrowerjourney.session.platform.PlatformFixtures;
import dev.borrowerjourney.session.platform.PlatformProperties;
import dev.borrowerjourney.session.platform.PlatformProperties.Application;
import dev.borrowerjourney.session.testing.PlatformStandIn;
import dev.borrowerjourney.session.testing.PlatformStandIn.Answer;
import dev.borrowerjourney.session.testing.SubscriptionStandIn;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import tools.jackson.databind.json.JsonMapper;

@ExtendWith(OutputCaptureExtension.class)
class SubscriptionCommandTest {

    private static final String API_KEY = "sk_test_key";
    private static final String OURS = "https://partner.example.org/webhooks/journey-snapshots";
    private static final String THEIRS = "https://elsewhere.example.org/";
    private static final UUID TENANT = UUID.fromString("22222222-2222-4222-8222-222222222222");
    private static final Application WATCHED =
            new Application(UUID.fromString("11111111-1111-4111-8111-111111111111"), TENANT, URI.create(OURS));
    private static final Application OFF =
            new Application(UUID.fromString("11111111-1111-4111-8111-222222222222"), TENANT, null);

    private final PlatformStandIn platform = new PlatformStandIn(API_KEY);
    private final SubscriptionStandIn subscription = new SubscriptionStandIn(platform, TENANT, WATCHED.applicationId());
    private final SubscriptionStandIn other = new SubscriptionStandIn(platform, TENANT, OFF.applicationId());
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private boolean repair = true;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @AfterEach
    void stop() {
        platform.close();
    }

    @Test
    void showsAllApplications() throws IOException {
        subscription.change(THEIRS);
        other.change(THEIRS);
        var file = directory.resolve("result.json");

        assertThat(run(List.of(WATCHED, OFF), "show", "--json", file.toString()))
                .isEqualTo(OperatorCommand.OK);

        assertThat(printed.toString(StandardCharsets.UTF_8).lines().map(line -> line.split(" {2,}", -1)))
                .containsExactly(
                        new String[] {"application", "state", "platform sends to", "should be"},
                        new String[] {WATCHED.applicationId().toString(), "DRIFTED", THEIRS, OURS},
                        new String[] {OFF.applicationId().toString(), "OFF", THEIRS, "not configured"});
        var items = new JsonMapper().readTree(Files.readString(file)).path("items");
        assertThat(items.at("/0/state").asString()).isEqualTo("DRIFTED");
        assertThat(items.at("/0/enabled").asBoolean()).isTrue();
        assertThat(items.at("/1/callbackUrl").isNull()).isTrue();
        assertThat(subscription.mutations()).isEmpty();
    }

    @Test
    void failsWhereThePlatformDoesNotTell() throws IOException {
        subscription.onRead(_ -> Answer.json(401, PlatformStandIn.failure("INVALID_API_KEY")));

        assertThat(run(List.of(WATCHED), "show")).isEqualTo(OperatorCommand.FAILED);
        assertThat(printed.toString(StandardCharsets.UTF_8)).contains("UNKNOWN (KEY_REFUSED)", "unknown");
    }

    @Test
    void subscribes(CapturedOutput output) throws IOException {
        subscription.change(THEIRS);

        assertThat(act(List.of(WATCHED, OFF), "subscribe", "--application", id(WATCHED)))
                .isEqualTo(OperatorCommand.OK);

        assertThat(subscription.url()).isEqualTo(OURS);
        assertThat(output).contains("subscription subscribe " + id(WATCHED) + ": REPAIRED");
    }

    @Test
    void tellsWhyItCannotSubscribe(CapturedOutput output) throws IOException {
        subscription.onSubscribe(_ -> Answer.json(403, PlatformStandIn.failure("OUT_OF_SCOPE")));

        assertThat(act(List.of(WATCHED), "subscribe")).isEqualTo(OperatorCommand.FAILED);
        assertThat(output).contains("subscription subscribe " + id(WATCHED) + ": FORBIDDEN");
    }

    @Test
    void subscribesNothingWithoutCallbackUrl() {
        assertThatThrownBy(() -> act(List.of(OFF), "subscribe")).hasMessageContaining("callback-url");
        assertThat(other.requests()).isEmpty();
    }

    @Test
    void refusesToUnsubscribeWhatWouldBeSubscribedAgain() {
        subscription.change(OURS);

        assertThatThrownBy(() -> act(List.of(WATCHED), "unsubscribe"))
                .hasMessageContaining("session.subscription.repair=false")
                .hasMessageContaining("within 360 s");
        assertThat(subscription.url()).isEqualTo(OURS);
    }

    @Test
    void unsubscribesAnyway(CapturedOutput output) throws IOException {
        subscription.change(OURS);

        assertThat(act(List.of(WATCHED), "unsubscribe", "--anyway")).isEqualTo(OperatorCommand.OK);

        assertThat(subscription.url()).isNull();
        assertThat(output).contains("subscription unsubscribe " + id(WATCHED) + ": UNSUBSCRIBED");
        assertThat(subscription.mutations().getFirst().header("idempotency-key"))
                .isNotBlank();
    }

    @Test
    void unsubscribesWhereNothingSubscribesAgain() throws IOException {
        other.change(OURS);
        assertThat(act(List.of(WATCHED, OFF), "unsubscribe", "--application", id(OFF)))
                .isEqualTo(OperatorCommand.OK);
        assertThat(other.url()).isNull();

        subscription.change(OURS);
        repair = false;
        assertThat(act(List.of(WATCHED), "unsubscribe")).isEqualTo(OperatorCommand.OK);
        assertThat(subscription.url()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "shwo",
                "show more",
                "subscribe",
                "subscribe --by sre-7",
                "unsubscribe --why INC-42",
                "unsubscribe --by sre-7 --why INC-42",
                "subscribe --by sre-7 --why INC-42 --application 11111111-1111-4111-8111-999999999999",
                "show --application x",
                "show --aplication x"
            })
    void refusesWrongUsage(String line) {
        var words = line.isEmpty() ? new String[0] : line.split(" ", -1);

        assertThatThrownBy(() -> run(List.of(WATCHED, OFF), words)).isInstanceOf(UsageException.class);
        assertThat(subscription.requests()).isEmpty();
    }

    private int act(List<Application> applications, String... words) throws IOException {
        var line = new ArrayList<>(List.of(words));
        line.addAll(List.of("--by", "sre-7", "--why", "INC-42"));
        return run(applications, line.toArray(String[]::new));
    }

    private int run(List<Application> applications, String... words) throws IOException {
        var command = new SubscriptionCommand(
                provided(PlatformProperties.class, PlatformFixtures.properties(platform.url(), applications)),
                provided(SubscriptionProperties.class, new SubscriptionProperties(Duration.ofMinutes(5), repair)),
                provided(
                        HttpSubscriptions.class,
                        PlatformFixtures.subscriptions(
                                platform.url(), applications, directory.resolve("secrets"), API_KEY)));
        return command.run(List.of(words), new PrintStream(printed, true, StandardCharsets.UTF_8));
    }

    private static String id(Application application) {
        return application.applicationId().toString();
    }

    private static <T> ObjectProvider<T> provided(Class<T> type, T bean) {
        var beans = new StaticListableBeanFactory();
        beans.addBean("bean", bean);
        return beans.getBeanProvider(type);
    }
}
