package dev.borrowerjourney.notifier.erasure;

import static dev.borrowerjourney.notifier.testing.RunningNotifier.APPLICATION;
import static dev.borrowerjourney.notifier.testing.RunningNotifier.keyOf;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.borrowerjourney.defaults.command.UsageException;
import dev.borrowerjourney.defaults.testing.OperatorJar;
import dev.borrowerjourney.defaults.testing.TestDatabase;
import dev.borrowerjourney.notifier.testing.ReadModel;
import dev.borrowerjourney.notifier.testing.RunningNotifier;
import dev.borrowerjourney.notifier.testing.SharedNotifier;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.simple.JdbcClient;

/** As an operator does, beside a service that is used. */
@ExtendWith(OutputCaptureExtension.class)
class BorrowerCommandIT {

    final RunningNotifier notifier = SharedNotifier.running();
    final JdbcClient jdbc = JdbcClient.create(TestDatabase.shared().as("bj_notifier"));
    final String borrower = "CUST_" + UUID.randomUUID();
    final String other = "CUST_" + UUID.randomUUID();

    @Test
    void leavesNothingOfTheBorrowerAndAllOfTheOthers() {
        keep(borrower);
        keep(other);
        assertThat(rows(borrower).values()).doesNotContain(0L);

        var ended = jar().run("borrower", "forget", "--borrower", borrower, "--by", "ops-7", "--why", "INC-1");

        assertThat(ended.code()).as(ended.err()).isZero();
        assertThat(ended.out())
                .isEqualTo(
                        "1 devices, 2 preferences, 1 notifications, 1 acknowledgements, 1 tickets, 1 open streams\n");
        assertThat(ended.out() + ended.err()).doesNotContain(borrower);
        assertThat(ended.audit()).singleElement().satisfies(line -> assertThat(line)
                .contains(
                        "borrower forget", "FORGOTTEN", "ops-7", keyOf(borrower).value()));
        assertThat(rows(borrower).values()).containsOnly(0L);
        assertThat(rows(other).values()).doesNotContain(0L);
    }

    @Test
    void findsBorrowerByPseudonym(CapturedOutput output) throws IOException {
        keep(borrower);

        assertThat(run("forget", "--borrower-key", keyOf(borrower).value(), "--by", "ops-7", "--why", "INC-1"))
                .startsWith("1 devices");
        assertThat(run("forget", "--borrower-key", keyOf(borrower).value(), "--by", "ops-7", "--why", "INC-1"))
                .startsWith("0 devices");
        assertThat(output.getAll())
                .contains("borrower forget " + keyOf(borrower).value() + ": NOTHING_KEPT");
    }

    @Test
    void asksWhoActsAndForWhom() {
        var key = keyOf(borrower).value();

        assertThatThrownBy(() -> run("forget", "--borrower-key", key)).isInstanceOf(UsageException.class);
        assertThatThrownBy(() -> run("forget", "--by", "ops-7", "--why", "INC-1"))
                .isInstanceOf(UsageException.class);
        assertThatThrownBy(() -> run("remember", "--borrower-key", key)).isInstanceOf(UsageException.class);
    }

    /** What is printed on standard output. */
    private String run(String... line) throws IOException {
        var printed = new ByteArrayOutputStream();
        notifier.bean(BorrowerCommand.class).run(List.of(line), new PrintStream(printed, true, UTF_8));
        return printed.toString(UTF_8);
    }

    /** In every table one row, by the service's own API as far as there is one. */
    private void keep(String of) {
        var token = SharedNotifier.IDENTITY.token(of);
        var device = UUID.randomUUID().toString();
        var journey = "jrn_" + UUID.randomUUID();
        ReadModel.in(TestDatabase.shared().as("bj_projector"))
                .keep(keyOf(of), APPLICATION, journey, 1, "OFFERS_AVAILABLE", "null");
        expect(200, "PUT", "/v1/devices/" + device, token, """
                {"channel": "APNS", "token": "%s"}""".formatted(
                        device.replace("-", "").repeat(2)));
        expect(200, "PUT", "/v1/notification-preferences", token, """
                {"channels": {"APNS": {"CLOSED": false}},
                 "quietHours": {"from": "22:30", "until": "07:00", "timeZone": "UTC"}}""");
        expect(201, "POST", "/v1/stream/tickets", token, "");
        expect(204, "POST", "/v1/stream/acknowledgements", token, """
                {"journeyId": "%s", "version": 1}""".formatted(journey));
        jdbc.sql("""
                        INSERT INTO notification.notification (change_id, device_id, application_id, borrower_key,
                            journey_id, version, kind, channel, due_at, expires_at, next_at)
                        VALUES (?, ?, ?, ?, ?, 1, 'OFFERS_READY', 'APNS', now(), now() + INTERVAL '1 day',
                            now() + INTERVAL '1 day')
                        """)
                .param(UUID.randomUUID())
                .param(device)
                .param(APPLICATION)
                .param(keyOf(of).value())
                .param(journey)
                .update();
        try (var _ = notifier.stream(token)) {
            await().atMost(Duration.ofSeconds(60)).until(() -> Long.valueOf(1).equals(rows(of).get("open_stream")));
        }
    }

    private void expect(int status, String method, String path, String token, String body) {
        var answer = notifier.call(method, path, token, body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    }

    /** How many rows each table has of a borrower; a table that is added belongs to it without a word here. */
    private Map<String, Long> rows(String of) {
        return tables().stream().collect(Collectors.toMap(table -> table, table -> jdbc.sql(
                        "SELECT count(*) FROM notification." + table + " WHERE borrower_key = ?")
                .param(keyOf(of).value())
                .query(Long.class)
                .single()));
    }

    private List<String> tables() {
        return jdbc.sql("""
                        SELECT c.table_name
                        FROM information_schema.columns c
                        JOIN information_schema.tables t USING (table_schema, table_name)
                        WHERE c.table_schema = 'notification' AND c.column_name = 'borrower_key'
                        AND t.table_type = 'BASE TABLE'
                        """).query(String.class).list();
    }

    private static OperatorJar jar() {
        return OperatorJar.of(
                "notifier-service",
                Map.of(
                        "NOTIFIER_SECRETSDIRECTORY",
                        SharedNotifier.SECRETS.directory().toString(),
                        "NOTIFIER_APPLICATIONS_0_APPLICATIONID",
                        APPLICATION.toString(),
                        "NOTIFIER_PUSH_WEBPUSH_CONTACT",
                        "https://partner.example/contact",
                        "SPRING_DATASOURCE_URL",
                        TestDatabase.shared().url()));
    }
}
