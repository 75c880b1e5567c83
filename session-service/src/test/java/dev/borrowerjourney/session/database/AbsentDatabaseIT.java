package dev.borrowerjourney.session.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.borrowerjourney.session.testing.Metrics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.http.HttpMethod;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A database that stands still, or dies and comes back, under a running service. */
@ExtendWith(OutputCaptureExtension.class)
class AbsentDatabaseIT extends OwnDatabase {

    @ParameterizedTest
    @EnumSource
    void relaysForSessionsThatWereSeenAndNoOthers(Outage outage, CapturedOutput output) {
        var seen = created(service);
        var unseen = created(service);
        var ended = created(service);
        relays(service, seen, 200);
        relays(service, ended, 200);
        call(service, HttpMethod.DELETE, "/v1/sessions/" + ended.sessionId(), 204);

        outage.begin(server);
        try {
            // Beyond the look-up time: what the database confirmed before counts.
            var end = System.nanoTime() + Duration.ofSeconds(6).toNanos();
            while (System.nanoTime() < end) {
                assertThat(timed(() -> relays(service, seen, 200))).isLessThan(LENIENCE);
            }
            assertThat(timed(() -> unavailable(relay(service, unseen)))).isLessThan(LONGEST_WAIT.plus(LENIENCE));
            assertThat(timed(() -> unavailable(relay(service, ended)))).isLessThan(LONGEST_WAIT.plus(LENIENCE));
            refusesWhatNeedsTheDatabase();
            tellsThatTheDatabaseIsAway();
        } finally {
            outage.end(server);
        }

        await().atMost(Duration.ofMinutes(1)).until(() -> status(relay(service, unseen)) == 200);
        relays(service, seen, 200);
        relays(service, ended, 401);
        await().atMost(Duration.ofMinutes(1)).until(() -> status(get("/v1/journeys")) == 200);
        metrics(service, "session_database_up 1.0");
        assertThat(output.getAll().lines().filter(line -> line.contains("The database does not answer")))
                .hasSize(1);
        assertThat(output.getAll().lines().filter(line -> line.contains("The database answers again")))
                .hasSize(1);
        assertThat(output).doesNotContain("\"log.level\":\"ERROR\"", " ERROR ");
    }

    /** The calls that run when it happens are the ones that wait. */
    @ParameterizedTest
    @EnumSource
    void answersCallsUnderWayWithinTheBound(Outage outage) {
        outage.begin(server);
        try {
            var calls = IntStream.range(0, 100)
                    .mapToObj(_ -> CompletableFuture.supplyAsync(
                            () -> timed(() -> unavailable(get("/v1/journeys"))), Thread::startVirtualThread))
                    .toList();
            assertThat(calls.stream().map(CompletableFuture::join))
                    .allSatisfy(time -> assertThat(time).isLessThan(LONGEST_WAIT.plus(LENIENCE)));
        } finally {
            outage.end(server);
        }
        await().atMost(Duration.ofMinutes(1)).until(() -> status(get("/v1/journeys")) == 200);
    }

    /** As the primary of before a failover does. */
    @Test
    void saysThatTheDatabaseIsUnavailableWhileItRefusesToWrite() {
        var operator = JdbcClient.create(own.superuser());
        var session = created(service);
        relays(service, session, 200);
        refuseToWrite(operator, "on");
        try {
            await().atMost(Duration.ofMinutes(1))
                    .untilAsserted(() ->
                            unavailable(exchange(service, HttpMethod.DELETE, "/v1/sessions/" + UUID.randomUUID())));
            assertThat(status(get("/v1/journeys"))).isEqualTo(200);
            assertThat(status(relay(service, session))).isIn(200, 503);
        } finally {
            refuseToWrite(operator, "off");
        }
        await().atMost(Duration.ofMinutes(1)).until(() -> status(relay(service, created(service))) == 200);
    }

    private static void refuseToWrite(JdbcClient operator, String state) {
        operator.sql("ALTER SYSTEM SET default_transaction_read_only = " + state)
                .update();
        operator.sql("SELECT pg_reload_conf()").query(Boolean.class).single();
    }

    @Test
    void relaysNothingForASessionThatMayHaveEnded() {
        var session = created(service);
        relays(service, session, 200);
        server.freeze();
        try {
            unavailable(exchange(service, HttpMethod.DELETE, "/v1/sessions/" + session.sessionId()));
            unavailable(relay(service, session));
        } finally {
            server.thaw();
        }
        // It may have ended: nothing was relayed for it until the database told.
        await().atMost(Duration.ofMinutes(1)).until(() -> {
            var status = status(relay(service, session));
            return status == 200 || status == 401;
        });
    }

    @Test
    void letsReplacedTokensEndInTime() {
        var session = created(service);
        relays(service, session, 200);
        call(service, HttpMethod.POST, "/v1/sessions/" + session.sessionId() + "/refresh", 200);
        server.freeze();
        try {
            await().atMost(Duration.ofMinutes(1)).until(() -> status(relay(service, session)) == 503);
        } finally {
            server.thaw();
        }
        await().atMost(Duration.ofMinutes(1)).until(() -> status(relay(service, session)) == 401);
    }

    /** Of an end elsewhere, as by another instance or an operator, the database tells. */
    @Test
    void noticesEndsElsewhereOnceTheDatabaseIsBack() {
        var session = created(service);
        relays(service, session, 200);
        server.freeze();
        awaitAway(service);
        relays(service, session, 200);
        server.thaw();
        sessions.sql("DELETE FROM session.session WHERE session_id = ?")
                .param(session.sessionId())
                .update();

        await().atMost(Duration.ofMinutes(1)).until(() -> status(relay(service, session)) == 401);
    }

    @Test
    void relaysNoLongerThanItSays() {
        try (var brief = started(Map.of("session.lifetime.without-database", "4s"))) {
            var session = created(brief);
            relays(brief, session, 200);
            assertThat(status(readiness(brief))).isEqualTo(200);
            server.kill();
            try {
                relays(brief, session, 200);
                await().atMost(Duration.ofMinutes(1)).until(() -> status(relay(brief, session)) == 503);
                // Then it is of use to nobody, and another instance may see the database.
                await().atMost(Duration.ofMinutes(1)).until(() -> status(readiness(brief)) == 503);
            } finally {
                server.start();
            }
            await().atMost(Duration.ofMinutes(1)).until(() -> status(relay(brief, session)) == 200);
            await().atMost(Duration.ofMinutes(1)).until(() -> status(readiness(brief)) == 200);
        }
    }

    /** A lock, as of a migration that went wrong: only what needs the table is refused. */
    @Test
    void boundsSlowReads() throws Exception {
        var before = refused();
        try (var lock = own.as("bj_projector").getConnection();
                var statement = lock.createStatement()) {
            lock.setAutoCommit(false);
            statement.execute("LOCK TABLE journey.shown IN ACCESS EXCLUSIVE MODE");

            var slow = IntStream.range(0, 30)
                    .mapToObj(_ -> CompletableFuture.runAsync(
                            () -> unavailable(get("/v1/journeys")), Thread::startVirtualThread))
                    .toList();
            slow.forEach(CompletableFuture::join);
            assertThat(refused()).isGreaterThanOrEqualTo(before + 30);

            lock.rollback();
        }
        await().atMost(Duration.ofMinutes(1)).until(() -> status(get("/v1/journeys")) == 200);
    }

    private void refusesWhatNeedsTheDatabase() {
        var journey = "/v1/journeys/" + UUID.randomUUID();
        var after = "?after=2026-03-05T08:00:00Z";
        List.of("/v1/journeys", "/v1/journeys" + after, journey, journey + after, journey + "/timeline", "/v1/sessions")
                .forEach(read ->
                        assertThat(timed(() -> unavailable(get(read)))).isLessThan(LONGEST_WAIT.plus(LENIENCE)));
        // Who has no token is told that, whatever the database does.
        assertThat(status(service.app()
                        .get()
                        .uri("/v1/journeys")
                        .exchange()
                        .expectBody()
                        .returnResult()))
                .isEqualTo(401);
        unavailable(exchange(service, HttpMethod.PATCH, journey + "/resume"));
        unavailable(exchange(service, HttpMethod.POST, "/v1/sessions"));
        unavailable(exchange(service, HttpMethod.DELETE, "/v1/sessions"));
    }

    private void tellsThatTheDatabaseIsAway() {
        var health = readiness(service);
        assertThat(status(health)).isEqualTo(200);
        assertThat(text(health)).contains("\"answers\":false");
        metrics(service, "session_database_up 0.0");
    }

    private double refused() {
        return Metrics.values(metrics(service), line -> line.startsWith("session_database_refused_total "))
                .sum();
    }
}
