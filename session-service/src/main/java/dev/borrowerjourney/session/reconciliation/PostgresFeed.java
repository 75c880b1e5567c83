package dev.borrowerjourney.session.reconciliation;

import dev.borrowerjourney.schemas.borrower.BorrowerKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Brings journeys in, and forward, as they are heard of. A journey that is being asked about keeps its lease. */
class PostgresFeed {

    /** Within a second, and not all in the same moment. */
    private static final String SOON = "now() + random() * INTERVAL '1 second'";

    /** While the borrower has just acted, news of any kind puts no look off. */
    private static final String NEXT = """
            CASE WHEN r.acted_until > now() THEN LEAST(r.due_at, excluded.due_at) ELSE excluded.due_at END
            """;

    private static final String ALIVE = "pace NOT IN ('OVER', 'GONE')";

    private final JdbcClient jdbc;
    private final Duration justActed;

    PostgresFeed(JdbcClient jdbc, Duration justActed) {
        this.jdbc = jdbc;
        this.justActed = justActed;
    }

    /** Whose platform session it is. */
    Optional<Owner> ownerOf(UUID platformSessionId) {
        return jdbc.sql("SELECT application_id, borrower_key FROM platform_session WHERE platform_session_id = :id")
                .param("id", platformSessionId)
                .query((row, _) -> new Owner(
                        row.getObject("application_id", UUID.class), new BorrowerKey(row.getString("borrower_key"))))
                .optional();
    }

    record Owner(UUID applicationId, BorrowerKey borrower) {}

    /** Takes in what changed. A state that is older than what is known changes no pace. */
    void changed(List<Fed> changes) {
        jdbc.sql("""
                        INSERT INTO reconciliation AS r (journey_key, borrower_key, application_id, journey_id, pace,
                            changed_at, due_at)
                        SELECT c.journey_key, c.borrower_key, c.application_id::uuid, c.journey_id, c.pace,
                            c.changed_at::timestamptz, CASE WHEN EXISTS (
                                SELECT FROM platform_session p
                                WHERE p.application_id = c.application_id::uuid AND p.borrower_key = c.borrower_key)
                                THEN now() + c.pause::double precision * INTERVAL '1 second' END
                        FROM unnest(:keys::text[], :borrowers::text[], :applications::text[], :journeys::text[],
                            :paces::text[], :changedAt::text[], :pauses::text[])
                            AS c (journey_key, borrower_key, application_id, journey_id, pace, changed_at, pause)
                        ORDER BY c.journey_key
                        ON CONFLICT (journey_key) DO UPDATE
                        SET pace = excluded.pace, changed_at = excluded.changed_at, due_at = %s,
                            missing = 0
                        WHERE excluded.changed_at >= r.changed_at OR r.pace = 'GONE'
                        """.formatted(NEXT))
                .param("keys", texts(changes, fed -> fed.borrower().journeyKey(fed.journeyId())))
                .param("borrowers", texts(changes, fed -> fed.borrower().value()))
                .param("applications", texts(changes, Fed::applicationId))
                .param("journeys", texts(changes, Fed::journeyId))
                .param("paces", texts(changes, Fed::pace))
                .param("changedAt", texts(changes, Fed::changedAt))
                .param("pauses", texts(changes, fed -> PostgresReconciliation.seconds(fed.pause())))
                .update();
    }

    /** What was told last of a journey, and whether it may be published again, after so long. */
    Passed passed(String journeyKey, Duration republishAfter) {
        return jdbc.sql("""
                        SELECT told_status, told_next_action,
                            coalesce(published_at > now() - :after * INTERVAL '1 second', false) AS lately
                        FROM reconciliation
                        WHERE journey_key = :key
                        """)
                .param("after", PostgresReconciliation.seconds(republishAfter))
                .param("key", journeyKey)
                .query(PostgresFeed::passed)
                .optional()
                .orElseGet(() -> new Passed(Optional.empty(), false));
    }

    private static Passed passed(ResultSet row, int number) throws SQLException {
        var status = row.getString("told_status");
        var told = status == null ? null : new Told(status, row.getString("told_next_action"));
        return new Passed(Optional.ofNullable(told), row.getBoolean("lately"));
    }

    /** @param lately whether it was published not long ago */
    record Passed(Optional<Told> told, boolean lately) {

        boolean known(Told state) {
            return lately && told.filter(state::equals).isPresent();
        }
    }

    /** Keeps what an answer on its way to the borrower told. */
    void told(Fed fed, boolean published) {
        jdbc.sql("""
                        INSERT INTO reconciliation AS r (journey_key, borrower_key, application_id, journey_id, pace,
                            changed_at, asked_at, due_at, told_status, told_next_action, confirmed_at, published_at)
                        VALUES (:key, :borrower, :application, :journey, :pace, now(), now(),
                            now() + :pause::double precision * INTERVAL '1 second', :status, :nextAction, now(),
                            CASE WHEN :published THEN now() END)
                        ON CONFLICT (journey_key) DO UPDATE
                        SET changed_at = CASE
                                WHEN r.told_status = excluded.told_status
                                AND r.told_next_action IS NOT DISTINCT FROM excluded.told_next_action
                                THEN r.changed_at ELSE now() END,
                            pace = excluded.pace, asked_at = now(), due_at = %s, missing = 0, failures = 0,
                            told_status = excluded.told_status, told_next_action = excluded.told_next_action,
                            confirmed_at = now(), published_at = coalesce(excluded.published_at, r.published_at)
                        """.formatted(NEXT))
                .param("key", fed.borrower().journeyKey(fed.journeyId()))
                .param("borrower", fed.borrower().value())
                .param("application", fed.applicationId())
                .param("journey", fed.journeyId())
                .param("pace", fed.pace().name())
                .param("pause", PostgresReconciliation.seconds(fed.pause()))
                .param("status", fed.state().status())
                .param("nextAction", fed.state().nextAction())
                .param("published", published)
                .update();
    }

    /**
     * Keeps what answers told, many at a time, where it only repeats what is known and was published not long ago.
     *
     * @return the keys of the journeys for which that is so
     */
    Set<String> repeated(List<Fed> told, Duration republishAfter) {
        return jdbc.sql("""
                        WITH told AS (
                            SELECT r.journey_key, c.pace, now() + c.pause::double precision * INTERVAL '1 second' AS due_at
                            FROM unnest(:keys::text[], :paces::text[], :statuses::text[], :nextActions::text[],
                                :pauses::text[]) AS c (journey_key, pace, status, next_action, pause)
                            JOIN reconciliation r USING (journey_key)
                            WHERE r.told_status = c.status AND r.told_next_action IS NOT DISTINCT FROM c.next_action
                            AND r.published_at > now() - :after * INTERVAL '1 second'
                            -- What another one writes now is left to be kept by itself.
                            FOR UPDATE OF r SKIP LOCKED)
                        UPDATE reconciliation r
                        SET pace = told.pace, asked_at = now(), due_at = CASE
                                WHEN r.acted_until > now() THEN LEAST(r.due_at, told.due_at) ELSE told.due_at END,
                            missing = 0, failures = 0, confirmed_at = now()
                        FROM told
                        WHERE r.journey_key = told.journey_key
                        RETURNING r.journey_key
                        """)
                .param("keys", texts(told, fed -> fed.borrower().journeyKey(fed.journeyId())))
                .param("paces", texts(told, Fed::pace))
                .param("statuses", texts(told, fed -> fed.state().status()))
                .param("nextActions", texts(told, fed -> fed.state().nextAction()))
                .param("pauses", texts(told, fed -> PostgresReconciliation.seconds(fed.pause())))
                .param("after", PostgresReconciliation.seconds(republishAfter))
                .query(String.class)
                .set();
    }

    /** Has a journey looked at that an answer spoke of without saying since when it is so. */
    void look(Owner owner, String journeyId, Pace pace) {
        jdbc.sql("""
                        INSERT INTO reconciliation (journey_key, borrower_key, application_id, journey_id, pace, changed_at,
                            due_at, urgent)
                        VALUES (:key, :borrower, :application, :journey, :pace, now(), now(), true)
                        ON CONFLICT (journey_key) DO UPDATE
                        SET due_at = now(), urgent = true
                        """)
                .param("key", owner.borrower().journeyKey(journeyId))
                .param("borrower", owner.borrower().value())
                .param("application", owner.applicationId())
                .param("journey", journeyId)
                .param("pace", pace.name())
                .update();
    }

    /** Has the borrower's unfinished journeys looked at, and the others that wait for a settling poll. */
    void visited(BorrowerKey borrower) {
        jdbc.sql("""
                        UPDATE reconciliation r
                        SET due_at = %s, urgent = true
                        WHERE borrower_key = :borrower
                        AND (%s OR EXISTS (
                            SELECT FROM journey.reconciliation_due d
                            WHERE d.journey_key = r.journey_key AND d.due_at <= now()))
                        """.formatted(SOON, ALIVE)).param("borrower", borrower.value()).update();
    }

    /** The borrower has just done something: looks follow each other quickly for a while. */
    void acted(BorrowerKey borrower) {
        jdbc.sql("""
                        UPDATE reconciliation
                        SET acted_until = now() + :justActed * INTERVAL '1 second', urgent = true,
                            due_at = LEAST(due_at, %s)
                        WHERE borrower_key = :borrower AND %s
                        """.formatted(SOON, ALIVE))
                .param("justActed", PostgresReconciliation.seconds(justActed))
                .param("borrower", borrower.value())
                .update();
    }

    private static String[] texts(List<Fed> changes, Function<Fed, @Nullable Object> value) {
        return changes.stream()
                .map(value)
                .map(found -> found == null ? null : found.toString())
                .toArray(String[]::new);
    }
}
