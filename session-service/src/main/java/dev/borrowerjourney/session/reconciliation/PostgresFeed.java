package dev.borrowerjourney.session.reconciliation;

import dev.borrowerjourney.schemas.borrower.BorrowerKey;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
        return Optional.ofNullable(ownersOf(Set.of(platformSessionId)).get(platformSessionId));
    }

    /** Whose platform sessions these are; one that is gone is nobody's. */
    Map<UUID, Owner> ownersOf(Set<UUID> platformSessionIds) {
        var owners = new HashMap<UUID, Owner>();
        jdbc.sql("""
                        SELECT platform_session_id, application_id, borrower_key
                        FROM platform_session
                        WHERE platform_session_id = ANY (:ids::uuid[])
                        """).param("ids", platformSessionIds.toArray(UUID[]::new)).query(row -> {
            owners.put(
                    row.getObject("platform_session_id", UUID.class),
                    new Owner(
                            row.getObject("application_id", UUID.class),
                            new BorrowerKey(row.getString("borrower_key"))));
        });
        return owners;
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
                .params(journeys(changes))
                .param("paces", texts(changes, Fed::pace))
                .param("changedAt", texts(changes, Fed::changedAt))
                .param("pauses", texts(changes, fed -> PostgresReconciliation.seconds(fed.pause())))
                .update();
    }

    /** What was told last of those of these journeys that were published not long ago, by their keys. */
    Map<String, Told> published(List<String> journeyKeys, Duration republishAfter) {
        var told = new HashMap<String, Told>();
        jdbc.sql("""
                        SELECT journey_key, told_status, told_next_action
                        FROM reconciliation
                        WHERE journey_key = ANY (:keys::text[]) AND told_status IS NOT NULL
                        AND published_at > now() - :after * INTERVAL '1 second'
                        """)
                .param("keys", journeyKeys.toArray(String[]::new))
                .param("after", PostgresReconciliation.seconds(republishAfter))
                .query(row -> {
                    told.put(
                            row.getString("journey_key"),
                            new Told(row.getString("told_status"), row.getString("told_next_action")));
                });
        return told;
    }

    /** Keeps what answers on their way to borrowers told. Each journey may occur once. */
    void told(List<Fed> told, boolean published) {
        if (told.isEmpty()) {
            return;
        }
        jdbc.sql("""
                        INSERT INTO reconciliation AS r (journey_key, borrower_key, application_id, journey_id, pace,
                            changed_at, asked_at, due_at, told_status, told_next_action, confirmed_at, published_at)
                        SELECT c.journey_key, c.borrower_key, c.application_id::uuid, c.journey_id, c.pace, now(), now(),
                            now() + c.pause::double precision * INTERVAL '1 second', c.status, c.next_action, now(),
                            CASE WHEN :published THEN now() END
                        FROM unnest(:keys::text[], :borrowers::text[], :applications::text[], :journeys::text[],
                            :paces::text[], :pauses::text[], :statuses::text[], :nextActions::text[])
                            AS c (journey_key, borrower_key, application_id, journey_id, pace, pause, status, next_action)
                        ORDER BY c.journey_key
                        ON CONFLICT (journey_key) DO UPDATE
                        SET changed_at = CASE
                                WHEN r.told_status = excluded.told_status
                                AND r.told_next_action IS NOT DISTINCT FROM excluded.told_next_action
                                THEN r.changed_at ELSE now() END,
                            pace = excluded.pace, asked_at = now(), due_at = %s, missing = 0, failures = 0,
                            told_status = excluded.told_status, told_next_action = excluded.told_next_action,
                            confirmed_at = now(), published_at = coalesce(excluded.published_at, r.published_at)
                        """.formatted(NEXT))
                .params(journeys(told))
                .param("paces", texts(told, Fed::pace))
                .param("pauses", texts(told, fed -> PostgresReconciliation.seconds(fed.pause())))
                .param("statuses", texts(told, fed -> fed.state().status()))
                .param("nextActions", texts(told, fed -> fed.state().nextAction()))
                .param("published", published)
                .update();
    }

    /**
     * Keeps what answers told, many at a time, where it only repeats what is known and was published not long ago.
     *
     * @return the keys of the journeys for which that is so
     */
    Set<String> repeated(List<Fed> told, Duration republishAfter) {
        if (told.isEmpty()) {
            return Set.of();
        }
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

    /** Has journeys looked at that answers spoke of, as soon as may be. Each may occur once. */
    void look(List<Fed> told) {
        if (told.isEmpty()) {
            return;
        }
        jdbc.sql("""
                        INSERT INTO reconciliation (journey_key, borrower_key, application_id, journey_id, pace, changed_at,
                            due_at, urgent)
                        SELECT c.journey_key, c.borrower_key, c.application_id::uuid, c.journey_id, c.pace, now(), now(), true
                        FROM unnest(:keys::text[], :borrowers::text[], :applications::text[], :journeys::text[],
                            :paces::text[]) AS c (journey_key, borrower_key, application_id, journey_id, pace)
                        ORDER BY c.journey_key
                        ON CONFLICT (journey_key) DO UPDATE
                        SET due_at = now(), urgent = true
                        """)
                .params(journeys(told))
                .param("paces", texts(told, Fed::pace))
                .update();
    }

    /** Has the borrower's unfinished journeys looked at, and the others that wait for a settling poll. */
    void visited(BorrowerKey borrower) {
        jdbc.sql("""
                        UPDATE reconciliation
                        SET due_at = %s, urgent = true
                        WHERE %s
                        """.formatted(SOON, inOrder("""
                                (%s OR EXISTS (
                                    SELECT FROM journey.reconciliation_due d
                                    WHERE d.journey_key = r.journey_key AND d.due_at <= now()))
                                """.formatted(ALIVE))))
                .param("borrower", borrower.value())
                .update();
    }

    /** The borrower has just done something: looks follow each other quickly for a while. */
    void acted(BorrowerKey borrower) {
        jdbc.sql("""
                        UPDATE reconciliation
                        SET acted_until = now() + :justActed * INTERVAL '1 second', urgent = true,
                            due_at = LEAST(due_at, %s)
                        WHERE %s
                        """.formatted(SOON, inOrder(ALIVE)))
                .param("justActed", PostgresReconciliation.seconds(justActed))
                .param("borrower", borrower.value())
                .update();
    }

    /** The borrower's journeys of which that is so, locked in the order in which all statements lock journeys. */
    private static String inOrder(String condition) {
        return """
                journey_key IN (
                    SELECT r.journey_key FROM reconciliation r
                    WHERE r.borrower_key = :borrower AND %s
                    ORDER BY r.journey_key
                    FOR UPDATE OF r)
                """.formatted(condition);
    }

    private static Map<String, String[]> journeys(List<Fed> fed) {
        return Map.of(
                "keys", texts(fed, each -> each.borrower().journeyKey(each.journeyId())),
                "borrowers", texts(fed, each -> each.borrower().value()),
                "applications", texts(fed, Fed::applicationId),
                "journeys", texts(fed, Fed::journeyId));
    }

    private static String[] texts(List<Fed> changes, Function<Fed, @Nullable Object> value) {
        return changes.stream()
                .map(value)
                .map(found -> found == null ? null : found.toString())
                .toArray(String[]::new);
    }
}
