package dev.borrowerjourney.session.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import dev.borrowerjourney.session.platform.HttpSubscriptions;
import dev.borrowerjourney.session.platform.PlatformFixtures;
import dev.borrowerjourney.session.platform.PlatformProperties.Application;
import dev.borrowerjourney.session.testing.PlatformStandIn;
import dev.borrowerjourney.session.testing.PlatformStandIn.Answer;
import dev.borrowerjourney.session.testing.PlatformStandIn.Request;
import dev.borrowerjourney.session.testing.SubscriptionStandIn;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UpkeepTest {

    private static final String API_KEY = "sk_test_key";
    private static final String CORRELATION = "44444444-4444-4444-8444-444444444444";
    private static final String OURS = "https://partner.example.org/webhooks/journey-snapshots";
    private static final String THEIRS = "https://elsewhere.example.org/";
    private static final Application APPLICATION = new Application(
            UUID.fromString("11111111-1111-4111-8111-111111111111"),
            UUID.fromString("22222222-2222-4222-8222-222222222222"),
            URI.create(OURS));

    private final PlatformStandIn platform = new PlatformStandIn(API_KEY);
    private final SubscriptionStandIn subscription =
            new SubscriptionStandIn(platform, APPLICATION.tenantId(), APPLICATION.applicationId());

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path secrets;

    @SuppressWarnings("NullAway.Init")
    private Upkeep upkeep;

    @BeforeEach
    void start() {
        upkeep = upkeep(PlatformFixtures.subscriptions(platform.url(), List.of(APPLICATION), secrets, API_KEY));
    }

    @AfterEach
    void stop() {
        platform.close();
    }

    @Test
    void changesNothingThatIsInStep() {
        subscription.change(OURS);

        assertThat(upkeep.bringInStep(CORRELATION)).isEqualTo(Finding.of(State.IN_STEP));
        assertThat(subscription.mutations()).isEmpty();
    }

    @Test
    void subscribesWhereThereIsNoSubscription() {
        assertThat(upkeep.bringInStep(CORRELATION)).isEqualTo(Finding.of(State.REPAIRED));
        assertThat(subscription.url()).isEqualTo(OURS);
        assertThat(upkeep.bringInStep(CORRELATION)).isEqualTo(Finding.of(State.IN_STEP));
    }

    @Test
    void subscribesWhereWebhooksGoElsewhere() {
        subscription.change(THEIRS);

        assertThat(upkeep.bringInStep(CORRELATION)).isEqualTo(Finding.of(State.REPAIRED));
        assertThat(subscription.url()).isEqualTo(OURS);
    }

    @Test
    void onlyLooksWhereTold() {
        subscription.change(THEIRS);

        assertThat(upkeep.look(CORRELATION)).isEqualTo(Finding.of(State.DRIFTED));
        assertThat(subscription.url()).isEqualTo(THEIRS);
        assertThat(subscription.mutations()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "400, REFUSED",
        "401, KEY_REFUSED",
        "403, FORBIDDEN",
        "404, NOT_FOUND",
        "429, BUSY",
        "302, REFUSED",
        "500, PLATFORM_FAILED",
        "503, PLATFORM_FAILED"
    })
    void tellsRefusalsApart(int status, Failure failure) {
        var refusal = Answer.json(status, PlatformStandIn.failure("NO")).with("Retry-After", "7");
        subscription.onSubscribe(_ -> refusal);
        assertThat(upkeep.bringInStep(CORRELATION))
                .isEqualTo(new Finding(State.DRIFTED, failure, Duration.ofSeconds(7)));

        subscription.onRead(_ -> refusal);
        assertThat(upkeep.bringInStep(CORRELATION))
                .isEqualTo(new Finding(State.UNKNOWN, failure, Duration.ofSeconds(7)));
    }

    @Test
    void tellsThatThePlatformTakesTooLong() {
        subscription.onRead(request -> subscription.documented(request).heldFor(Duration.ofSeconds(10)));

        assertThat(upkeep.bringInStep(CORRELATION)).isEqualTo(Finding.of(State.UNKNOWN, Failure.TIMEOUT));
    }

    @Test
    void tellsThatThePlatformIsAway() {
        platform.close();

        assertThat(upkeep.bringInStep(CORRELATION)).isEqualTo(Finding.of(State.UNKNOWN, Failure.UNREACHABLE));
    }

    @Test
    void tellsThatTheAnswerCannotBeRead() {
        subscription.onRead(_ -> Answer.json(200, "{}"));

        assertThat(upkeep.bringInStep(CORRELATION)).isEqualTo(Finding.of(State.UNKNOWN, Failure.UNREADABLE));
    }

    /** Whoever answers about another application must not make us change anything. */
    @Test
    void takesAnswerAboutAnotherApplicationForFailure() {
        subscription.onRead(_ -> subscription.told(APPLICATION.tenantId(), UUID.randomUUID()));
        assertThat(upkeep.bringInStep(CORRELATION)).isEqualTo(Finding.of(State.UNKNOWN, Failure.FOREIGN));

        subscription.onRead(_ -> subscription.told(UUID.randomUUID(), APPLICATION.applicationId()));
        assertThat(upkeep.bringInStep(CORRELATION)).isEqualTo(Finding.of(State.UNKNOWN, Failure.FOREIGN));
        assertThat(subscription.mutations()).isEmpty();
    }

    @Test
    void believesThePlatformsConfigurationAndNotItsAnswer() {
        subscription.onSubscribe(
                _ -> Answer.json(200, """
                {"tenant_id": "%s", "application_id": "%s", "webhook_enabled": true, "webhook_url": "%s"}
                """.formatted(APPLICATION.tenantId(), APPLICATION.applicationId(), OURS)));

        assertThat(upkeep.bringInStep(CORRELATION)).isEqualTo(Finding.of(State.DRIFTED, Failure.NOT_KEPT));
    }

    @Test
    void retriesUnderTheSameKeyUntilThePlatformAnswers() {
        subscription.onSubscribe(_ -> Answer.json(500, PlatformStandIn.failure("INTERNAL")));
        upkeep.bringInStep(CORRELATION);
        upkeep.bringInStep(CORRELATION);
        subscription.heal();
        upkeep.bringInStep(CORRELATION);
        subscription.change(THEIRS);
        upkeep.bringInStep(CORRELATION);

        var keys = subscription.mutations().stream().map(UpkeepTest::key).toList();
        assertThat(keys).hasSize(4);
        assertThat(keys.subList(0, 3)).containsOnly(keys.getFirst());
        assertThat(keys.get(3)).isNotEqualTo(keys.getFirst());
    }

    /** A stored answer under the old key would change nothing. */
    @Test
    void takesAnotherKeyOnceTheDriftIsGone() {
        subscription.onSubscribe(request -> {
            subscription.documented(request);
            return Answer.json(500, PlatformStandIn.failure("INTERNAL"));
        });
        upkeep.bringInStep(CORRELATION);
        subscription.heal();
        assertThat(upkeep.bringInStep(CORRELATION)).isEqualTo(Finding.of(State.IN_STEP));
        subscription.change(null);
        upkeep.bringInStep(CORRELATION);

        assertThat(subscription.mutations())
                .extracting(UpkeepTest::key)
                .doesNotHaveDuplicates()
                .hasSize(2);
    }

    @Test
    void sendsOneCorrelationIdWithAllCallsOfALook() {
        upkeep.bringInStep(CORRELATION);

        assertThat(subscription.requests())
                .hasSize(3)
                .extracting(request -> request.header("x-correlation-id"))
                .containsOnly(CORRELATION);
    }

    private static Upkeep upkeep(HttpSubscriptions platform) {
        return new Upkeep(platform, APPLICATION, new CallbackUrl(URI.create(OURS)));
    }

    private static String key(Request request) {
        return String.valueOf(request.header("idempotency-key"));
    }
}
