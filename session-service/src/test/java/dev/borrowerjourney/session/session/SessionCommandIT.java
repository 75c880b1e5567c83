package dev.borrowerjourney.session.session;

import static dev.borrowerjourney.session.testing.PlatformStandIn.HEADLESS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.borrowerjourney.defaults.command.UsageException;
import dev.borrowerjourney.defaults.testing.OperatorJar;
import dev.borrowerjourney.schemas.borrower.PseudonymKey;
import dev.borrowerjourney.session.platform.PlatformProperties;
import dev.borrowerjourney.session.testing.PlatformStandIn.Answer;
import dev.borrowerjourney.session.testing.ServiceUnderTest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** An operator ends sessions under a running service that remembers them. */
@ExtendWith(OutputCaptureExtension.class)
class SessionCommandIT extends ServiceUnderTest {

    private final String path = HEADLESS + "/journeys/" + UUID.randomUUID();
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final SessionCommand command;

    @Autowired
    SessionCommandIT(
            ObjectProvider<PlatformProperties> platform,
            ObjectProvider<PseudonymKey> pseudonymKey,
            ObjectProvider<PostgresEnding> sessions) {
        this.command = new SessionCommand(platform, pseudonymKey, sessions);
    }

    @BeforeEach
    void answer() {
        PLATFORM.on("GET " + path, Answer.json(200, "{\"data\": {}}"));
    }

    @Test
    void endsAllOfABorrower(CapturedOutput output) throws IOException {
        var phone = sessionTokenOf(borrower);
        var tablet = sessionTokenOf(borrower);
        var other = sessionTokenOf("CUST_" + UUID.randomUUID());
        List.of(phone, tablet, other).forEach(token -> assertThat(relay(token)).isEqualTo(200));

        assertThat(act("end", "--borrower", borrower)).isZero();

        assertThat(printed.toString(StandardCharsets.UTF_8)).isEqualTo("ended: 2\n");
        awaitEnd(phone);
        awaitEnd(tablet);
        assertThat(relay(other)).isEqualTo(200);
        assertThat(output).contains("session end " + APPLICATION + "/" + keyOf(borrower) + ": ENDED");
        assertThat(output).doesNotContain(borrower);
    }

    @Test
    void endsOne() throws IOException {
        var phone = create(borrower, UUID.randomUUID().toString(), "");
        var tablet = create(borrower, UUID.randomUUID().toString(), "");
        assertThat(relay(phone.sessionToken())).isEqualTo(200);

        act("end", "--session", phone.sessionId().toString());

        awaitEnd(phone.sessionToken());
        assertThat(relay(tablet.sessionToken())).isEqualTo(200);
    }

    @Test
    void endsByThePseudonym() throws IOException {
        var token = sessionTokenOf(borrower);
        assertThat(relay(token)).isEqualTo(200);

        act("end", "--borrower-key", keyOf(borrower).value());

        awaitEnd(token);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--all", "--application " + "11111111-1111-4111-8111-111111111111"})
    void endsManyInParts(String whose) throws IOException {
        var token = sessionTokenOf(borrower);
        assertThat(relay(token)).isEqualTo(200);
        database.sql("""
                        INSERT INTO session.session (session_id, platform_session_id, ends_at)
                        SELECT gen_random_uuid(), platform_session_id, now() + INTERVAL '1 hour'
                        FROM session.platform_session, generate_series(1, 2500)
                        WHERE borrower_key = ?
                        """).param(keyOf(borrower).value()).update();

        act(("end " + whose).split(" ", -1));

        awaitEnd(token);
        assertThat(sessions()).isZero();
    }

    @Test
    void tellsThatThereIsNothingToEnd(CapturedOutput output) throws IOException {
        assertThat(act("end", "--session", UUID.randomUUID().toString())).isZero();

        assertThat(printed.toString(StandardCharsets.UTF_8)).isEqualTo("ended: 0\n");
        assertThat(output).contains(": NONE");
    }

    @Test
    void runsAsAProcess() {
        var token = sessionTokenOf(borrower);
        assertThat(relay(token)).isEqualTo(200);
        var environment = new HashMap<String, String>();
        settings().forEach((name, value) -> environment.put(variable(name), value));

        var ended = OperatorJar.of("session-service", environment)
                .run("session", "end", "--borrower", borrower, "--by", "sre-7", "--why", "INC-42");

        assertThat(ended.err()).doesNotContain(borrower);
        assertThat(ended.code()).as(ended.err()).isZero();
        assertThat(ended.out()).isEqualTo("ended: 1\n");
        assertThat(ended.audit()).singleElement().asString().contains("sre-7", "INC-42", "ENDED");
        awaitEnd(token);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "start --all",
                "end",
                "end --all --session 11111111-1111-4111-8111-999999999999",
                "end --all --application 11111111-1111-4111-8111-111111111111",
                "end --application 11111111-1111-4111-8111-999999999999",
                "end --session x",
                "end --borrower-key short",
                "end --all now"
            })
    void refusesWrongUsage(String line) {
        var token = sessionTokenOf(borrower);

        assertThatThrownBy(() -> act(line.isEmpty() ? new String[0] : line.split(" ", -1)))
                .isInstanceOf(UsageException.class);
        assertThat(relay(token)).isEqualTo(200);
    }

    @Test
    void asksWhoAndWhy() {
        assertThatThrownBy(() -> run("end", "--all", "--by", "sre-7")).isInstanceOf(UsageException.class);
        assertThatThrownBy(() -> run("end", "--all", "--why", "INC-42")).isInstanceOf(UsageException.class);
    }

    private int act(String... words) throws IOException {
        var line = new ArrayList<>(List.of(words));
        line.addAll(List.of("--by", "sre-7", "--why", "INC-42"));
        return run(line.toArray(String[]::new));
    }

    private int run(String... words) throws IOException {
        return command.run(List.of(words), new PrintStream(printed, true, StandardCharsets.UTF_8));
    }

    private void awaitEnd(String token) {
        await().atMost(Duration.ofMinutes(1)).until(() -> relay(token) == 401);
    }

    private int relay(String token) {
        return app.get()
                .uri(path)
                .headers(headers -> headers.setBearerAuth(token))
                .exchange()
                .returnResult(String.class)
                .getStatus()
                .value();
    }

    private int sessions() {
        return database.sql("""
                        SELECT count(*)
                        FROM session.session JOIN session.platform_session USING (platform_session_id)
                        WHERE borrower_key = ?
                        """)
                .param(keyOf(borrower).value())
                .query(Integer.class)
                .single();
    }

    private static String variable(String setting) {
        return setting.toUpperCase(Locale.ROOT)
                .replace("-", "")
                .replace("]", "")
                .replaceAll("[.\\[]", "_");
    }
}
