package dev.borrowerjourney.session.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.borrowerjourney.session.platform.HttpStates;
import dev.borrowerjourney.session.platform.ToldJourney;
import dev.borrowerjourney.session.session.StandingCredentials;
import dev.borrowerjourney.session.testing.ServiceUnderTest;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What answers told, many at a time. */
class IntakeIT extends ServiceUnderTest {

    private static final String TRACEPARENT = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    private final InMemorySnapshots log = new InMemorySnapshots();
    private final OneInstance instance;
    private final String prefix = "jrn_" + UUID.randomUUID() + "_";

    @Autowired
    IntakeIT(StandingCredentials credentials, HttpStates platform) {
        this.instance = new OneInstance(DATABASE.as("bj_session"), log, credentials, platform, APPLICATION, false);
    }

    /** Journeys of other tests would share the budget. */
    @BeforeEach
    void forget() {
        database.sql("TRUNCATE session.reconciliation, session.reconciliation_budget")
                .update();
    }

    @Test
    void publishesAndKeepsAllThatIsNew() {
        var journeys = IntStream.range(0, 700).mapToObj(i -> prefix + i).toList();

        hear(journeys.stream().map(IntakeIT::pending));

        assertThat(journeys).allSatisfy(journey -> assertThat(log.of(journey))
                .singleElement()
                .satisfies(told -> assertThat(told.status()).isEqualTo("KYC_PENDING")));
        assertThat(count("told_status = 'KYC_PENDING' AND published_at IS NOT NULL AND due_at > published_at"))
                .isEqualTo(700);
    }

    @Test
    void publishesWhatRepeatsOnce() {
        hear(Stream.of(pending(prefix + 1), pending(prefix + 2)));
        hear(Stream.of(pending(prefix + 1), pending(prefix + 2), pending(prefix + 3)));

        assertThat(log.of(prefix + 1)).hasSize(1);
        assertThat(log.of(prefix + 2)).hasSize(1);
        assertThat(log.of(prefix + 3)).hasSize(1);
        assertThat(count("confirmed_at > published_at")).isEqualTo(2);
    }

    @Test
    void keepsTheOrderInWhichOneJourneyWasToldOf() {
        hear(Stream.of(
                pending(prefix + 1), told(prefix + 1, "LENDER_PROCESSING"), pending(prefix + 2), pending(prefix + 1)));

        assertThat(log.of(prefix + 1))
                .extracting(ToldJourney::status)
                .containsExactly("KYC_PENDING", "LENDER_PROCESSING", "KYC_PENDING");
        assertThat(count("told_status = 'KYC_PENDING'")).isEqualTo(2);
    }

    @Test
    void hasLookedAtWhatDoesNotSaySinceWhen() {
        hear(Stream.of(
                pending(prefix + 1),
                Fixtures.withoutItsTime(pending(prefix + 2)),
                Fixtures.withoutItsTime(told(prefix + 1, "LENDER_PROCESSING"))));
        hear(Stream.of(Fixtures.withoutItsTime(pending(prefix + 1))));

        assertThat(log.of(prefix + 1)).hasSize(1);
        assertThat(log.of(prefix + 2)).isEmpty();
        assertThat(count("urgent AND due_at <= now()")).isEqualTo(2);
        assertThat(count("told_status IS NULL")).isOne();
    }

    @Test
    void hasLookedAtWhatTheLogDidNotTake() {
        hear(Stream.of(pending(prefix + 1)));
        log.away(true);
        hear(Stream.of(pending(prefix + 1), pending(prefix + 2), pending(prefix + 3)));

        assertThat(count("due_at <= now() AND told_status IS NULL")).isEqualTo(2);
        assertThat(count("NOT urgent AND told_status = 'KYC_PENDING'")).isOne();
    }

    /** Neither half of a pair is a character, and a database that is sent one gets a question mark. */
    @Test
    void losesNothingBesideJourneysThatCannotBeKept() {
        sessionTokenOf(borrower);
        var unfit = List.of(pending(prefix + "\uD800"), pending(prefix + "\uDBFF"), pending(prefix + 1));

        instance.job.start();
        try {
            instance.incoming.told(platformSessionOf(borrower), unfit, "c", TRACEPARENT);

            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> log.of(prefix + 1).size() == 1);
        } finally {
            instance.job.stop();
        }
    }

    /** An answer to an action tells of its journey first, and both may wait while others are dealt with. */
    @Test
    void knowsTheJourneyThatAnActionBegan() {
        sessionTokenOf(borrower);
        var session = platformSessionOf(borrower);

        instance.incoming.told(session, List.of(pending(prefix + 1)), "c", TRACEPARENT);
        instance.incoming.acted(session);
        instance.job.start();
        try {
            Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> count("acted_until > now()") == 1);
        } finally {
            instance.job.stop();
        }
    }

    /** Else a borrower's action and many answers at once could each wait for a row that the other one holds. */
    @Test
    void locksJourneysOfABorrowerInTheOrderOfAll() throws Exception {
        hear(Stream.of(pending(prefix + 2)));
        hear(Stream.of(pending(prefix + 1)));
        var feed = instance.feed;
        for (Runnable touch :
                List.<Runnable>of(() -> feed.acted(keyOf(borrower)), () -> feed.visited(keyOf(borrower)))) {
            try (var other = DATABASE.as("bj_session").getConnection()) {
                other.setAutoCommit(false);
                lock(other, prefix + 1);
                var waiting = CompletableFuture.runAsync(touch);
                Awaitility.await().atMost(Duration.ofSeconds(60)).until(this::isWaitedForALock);

                lock(other, prefix + 2);

                other.rollback();
                waiting.get(60, TimeUnit.SECONDS);
            }
        }
    }

    private void lock(Connection connection, String journey) throws SQLException {
        try (var statement = connection.prepareStatement(
                "SELECT FROM session.reconciliation WHERE journey_key = ? FOR UPDATE NOWAIT")) {
            statement.setString(1, keyOf(borrower).journeyKey(journey));
            statement.execute();
        }
    }

    private boolean isWaitedForALock() {
        return database.sql("SELECT EXISTS (SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
                        + " AND query LIKE '%reconciliation%' AND datname = current_database())")
                .query(Boolean.class)
                .single();
    }

    private UUID platformSessionOf(String borrower) {
        return database.sql("SELECT platform_session_id FROM session.platform_session WHERE borrower_key = ?")
                .param(keyOf(borrower).value())
                .query(UUID.class)
                .single();
    }

    private void hear(Stream<ToldJourney> told) {
        var source = new Snapshots.Source(APPLICATION, keyOf(borrower), "c", TRACEPARENT);
        instance.intake.hear(told.map(journey -> new Heard(source, journey)).toList());
    }

    private static ToldJourney pending(String journey) {
        return told(journey, "KYC_PENDING");
    }

    private static ToldJourney told(String journey, String status) {
        return Fixtures.told(journey, status, null);
    }

    private int count(String condition) {
        return database.sql("SELECT count(*)::int FROM session.reconciliation WHERE " + condition)
                .query(Integer.class)
                .single();
    }
}
