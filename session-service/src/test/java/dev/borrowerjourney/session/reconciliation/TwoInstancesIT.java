package dev.borrowerjourney.session.reconciliation;

import static dev.borrowerjourney.session.testing.PlatformStandIn.HEADLESS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.borrowerjourney.session.platform.HttpStates;
import dev.borrowerjourney.session.session.StandingCredentials;
import dev.borrowerjourney.session.testing.PlatformStandIn.Answer;
import dev.borrowerjourney.session.testing.ServiceUnderTest;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** Two instances beside each other; the service that runs around them has its own reconciliation turned off. */
class TwoInstancesIT extends ServiceUnderTest {

    private final InMemorySnapshots log = new InMemorySnapshots();
    private final Outage databaseOutage = new Outage();
    private final OneInstance one;
    private final OneInstance other;
    private final OneInstance withoutSession;
    private final String journey = "jrn_" + UUID.randomUUID();
    private final AtomicInteger underWay = new AtomicInteger();
    private final AtomicInteger mostUnderWay = new AtomicInteger();
    private final AtomicInteger looks = new AtomicInteger();

    @Autowired
    TwoInstancesIT(StandingCredentials credentials, HttpStates platform) {
        this.one = new OneInstance(databaseOutage, log, credentials, platform, APPLICATION, false);
        this.other = new OneInstance(DATABASE.as("bj_session"), log, credentials, platform, APPLICATION, false);
        this.withoutSession = new OneInstance(DATABASE.as("bj_session"), log, credentials, platform, APPLICATION, true);
    }

    /** Journeys of other tests would share the budget. */
    @BeforeEach
    void dueNow() {
        database.sql("TRUNCATE session.reconciliation, session.reconciliation_budget")
                .update();
        PLATFORM.on("GET " + HEADLESS + "/journeys/" + journey + "/state", _ -> {
            mostUnderWay.accumulateAndGet(underWay.incrementAndGet(), Math::max);
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
            underWay.decrementAndGet();
            looks.incrementAndGet();
            return Answer.json(200, """
                    {"timestamp": "%s", "data": {"journeyID": "%s", "status": "KYC_PENDING", "nextAction": null,
                     "updatedAt": "2026-03-05T08:00:00Z"}, "error": null}
                    """.formatted(Instant.now(), journey));
        });
        sessionTokenOf(borrower);
        database.sql("INSERT INTO session.caller VALUES (?)")
                .param(keyOf(borrower).value())
                .update();
        one.feed.look(List.of(new Fed(
                keyOf(borrower), APPLICATION, journey, new Told("KYC_PENDING", null), Instant.now(), Duration.ZERO)));
    }

    @Test
    void neverAskAboutAJourneyAtTheSameTime() {
        one.job.start();
        other.job.start();
        try {
            eventually().until(() -> looks.get() >= 12);
        } finally {
            one.job.stop();
            other.job.stop();
        }

        assertThat(mostUnderWay).hasValue(1);
        assertThat(log.of(journey)).hasSize(1);
    }

    @Test
    void giveAJourneyToOneOfThemAlone() {
        assertThat(one.claim(APPLICATION, journey)).isNotNull();

        assertThat(other.rows.claim(APPLICATION, 1_000, Duration.ofSeconds(30)))
                .noneMatch(claim -> claim.journeyId().equals(journey));
    }

    /** An instance that stood still must not write over what a later one has heard. */
    @Test
    void keepNothingFromAnInstanceThatOutlivedItsLease() {
        var late = one.claim(APPLICATION, journey);
        database.sql("UPDATE session.reconciliation SET lease_until = now() WHERE journey_id = ?")
                .param(journey)
                .update();
        var current = other.claim(APPLICATION, journey);
        var hearing = new Hearing(new Told("CLOSED", null), true, false, null, Duration.ZERO, Duration.ofSeconds(1));

        assertThat(one.rows.told(late, hearing)).isFalse();
        assertThat(other.rows.told(current, hearing)).isTrue();
    }

    /** The change that a look itself brought about comes back as news, and would put the next one off. */
    @Test
    void putNoLookOffWhileTheBorrowerHasJustActed() {
        one.feed.acted(keyOf(borrower));
        var owner = new PostgresFeed.Owner(APPLICATION, keyOf(borrower));
        var news = new Fed(
                owner.borrower(),
                APPLICATION,
                journey,
                new Told("LENDER_PROCESSING", "WAIT"),
                Instant.now().plusSeconds(1),
                Duration.ofSeconds(19));

        one.feed.changed(List.of(news));
        other.feed.told(List.of(news), true);

        assertThat(database.sql(
                                "SELECT pace, due_at < now() + INTERVAL '2 seconds' AS soon FROM session.reconciliation WHERE journey_id = ?")
                        .param(journey)
                        .query()
                        .singleRow())
                .containsEntry("pace", "PASSIVE")
                .containsEntry("soon", true);
    }

    /** Of what answers tell only repetitions are kept many at a time. */
    @Test
    void takeRepetitionsForConfirmationsAndNothingElse() {
        var repeated = news(journey, "KYC_PENDING");
        var unknown = news("jrn_" + UUID.randomUUID(), "KYC_PENDING");
        var republishAfter = Duration.ofMinutes(5);
        one.feed.told(List.of(repeated), true);
        database.sql("UPDATE session.reconciliation SET confirmed_at = now() - INTERVAL '1 minute', failures = 3")
                .update();

        assertThat(other.feed.repeated(List.of(unknown, repeated), republishAfter))
                .containsExactly(keyOf(borrower).journeyKey(journey));
        assertThat(other.feed.repeated(List.of(news(journey, "LENDER_PROCESSING"), unknown), republishAfter))
                .isEmpty();
        assertThat(other.feed.repeated(List.of(repeated), Duration.ZERO)).isEmpty();
        assertThat(database.sql(
                                "SELECT told_status, failures, confirmed_at > now() - INTERVAL '30 seconds' AS confirmed FROM session.reconciliation WHERE journey_id = ?")
                        .param(journey)
                        .query()
                        .singleRow())
                .containsEntry("told_status", "KYC_PENDING")
                .containsEntry("failures", 0)
                .containsEntry("confirmed", true);
    }

    private Fed news(String journeyId, String status) {
        return new Fed(
                keyOf(borrower), APPLICATION, journeyId, new Told(status, null), Instant.now(), Duration.ofSeconds(4));
    }

    @Test
    void setAsideWhatHasNotChangedForThirtyDays() {
        database.sql("UPDATE session.reconciliation SET changed_at = now() - INTERVAL '29 days' WHERE journey_id = ?")
                .param(journey)
                .update();
        one.upkeep.setAside();
        assertThat(isDue()).isTrue();

        database.sql("UPDATE session.reconciliation SET changed_at = now() - INTERVAL '31 days' WHERE journey_id = ?")
                .param(journey)
                .update();
        one.upkeep.setAside();
        assertThat(isDue()).isFalse();
    }

    @Test
    void askFirstAboutThoseWhoWatch() {
        database.sql("INSERT INTO session.reconciliation (journey_key, borrower_key, application_id, journey_id, pace,"
                        + " changed_at, due_at) SELECT borrower_key || ':' || n, borrower_key, application_id,"
                        + " n::text, 'QUIET', now(), now() - INTERVAL '1 hour'"
                        + " FROM session.reconciliation, generate_series(1, 20) AS n WHERE journey_id = ?")
                .param(journey)
                .update();

        assertThat(one.rows.claim(APPLICATION, 1, Duration.ofSeconds(30)))
                .extracting(Claim::journeyId)
                .containsExactly(journey);
    }

    private boolean isDue() {
        return database.sql("SELECT due_at IS NOT NULL FROM session.reconciliation WHERE journey_id = ?")
                .param(journey)
                .query(Boolean.class)
                .single();
    }

    @Test
    void keepAJourneyDueWhileTheLogIsAway() {
        log.away(true);
        other.look.at(other.claim(APPLICATION, journey), System.nanoTime());

        assertThat(database.sql(
                                "SELECT due_at IS NOT NULL AND lease_until IS NULL AND told_status IS NULL FROM session.reconciliation WHERE journey_id = ?")
                        .param(journey)
                        .query(Boolean.class)
                        .single())
                .isTrue();

        log.away(false);
        other.job.start();
        try {
            eventually().until(() -> !log.of(journey).isEmpty());
        } finally {
            other.job.stop();
        }
    }

    @Test
    void lookAtWhatPassedThroughWhileTheLogWasAway() {
        var source = new Snapshots.Source(APPLICATION, keyOf(borrower), "c", null);
        database.sql("UPDATE session.reconciliation SET due_at = NULL WHERE journey_id = ?")
                .param(journey)
                .update();
        log.away(true);
        other.intake.hear(List.of(new Heard(source, Fixtures.told(journey, "KYC_PENDING", null))));
        other.intake.hear(List.of(new Heard(source, Fixtures.told(journey, "LENDER_PROCESSING", null))));

        assertThat(log.of(journey)).isEmpty();
        assertThat(database.sql(
                                "SELECT due_at <= now() AND told_status IS NULL FROM session.reconciliation WHERE journey_id = ?")
                        .param(journey)
                        .query(Boolean.class)
                        .single())
                .isTrue();
    }

    @Test
    void goOnWhenTheDatabaseIsBack() {
        databaseOutage.away = true;
        one.job.start();
        try {
            eventually().until(() -> databaseOutage.refused.get() > 1);
            databaseOutage.away = false;

            eventually().until(() -> !log.of(journey).isEmpty());
        } finally {
            one.job.stop();
        }
    }

    @Test
    void askForBorrowersWithoutSessionOnlyIfThatIsSet() {
        withoutSession.upkeep.reviveSessions();
        database.sql("DELETE FROM session.session WHERE platform_session_id IN"
                        + " (SELECT platform_session_id FROM session.platform_session WHERE borrower_key = ?)")
                .param(keyOf(borrower).value())
                .update();
        database.sql("DELETE FROM session.platform_session WHERE borrower_key = ?")
                .param(keyOf(borrower).value())
                .update();
        PLATFORM.endSessionsOf(borrower);

        other.upkeep.reviveSessions();
        assertThat(other.rows.claim(APPLICATION, 1_000, Duration.ofMillis(1)))
                .noneMatch(claim -> claim.journeyId().equals(journey));
        withoutSession.upkeep.reviveSessions();
        withoutSession.look.at(withoutSession.claim(APPLICATION, journey), System.nanoTime());

        assertThat(log.of(journey)).hasSize(1);
        assertThat(PLATFORM.openingsOf(borrower)).hasSize(2);
    }

    /** Who may come back is personal, and kept only as long as that is set. */
    @Test
    void forgetWhoMayComeBackWhereItIsNotSet() {
        withoutSession.upkeep.reviveSessions();
        assertThat(knownToComeBack()).isTrue();

        other.upkeep.forget();

        assertThat(knownToComeBack()).isFalse();
    }

    private boolean knownToComeBack() {
        return database.sql("SELECT count(*) FROM session.absent_borrower WHERE borrower_key = ?")
                        .param(keyOf(borrower).value())
                        .query(Integer.class)
                        .single()
                == 1;
    }

    private static ConditionFactory eventually() {
        return Awaitility.await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(50));
    }

    /** A database that refuses connections for as long as a test says. */
    private static final class Outage extends DelegatingDataSource {

        private final AtomicInteger refused = new AtomicInteger();
        private volatile boolean away;

        Outage() {
            super(DATABASE.as("bj_session"));
        }

        @Override
        public Connection getConnection() throws SQLException {
            if (away) {
                refused.incrementAndGet();
                throw new SQLException("away", "08001");
            }
            return super.getConnection();
        }
    }
}
