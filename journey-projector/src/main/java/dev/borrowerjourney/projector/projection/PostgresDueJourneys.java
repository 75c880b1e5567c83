package dev.borrowerjourney.projector.projection;

import dev.borrowerjourney.projector.law.Anomaly;
import dev.borrowerjourney.projector.state.Contents;
import dev.borrowerjourney.projector.state.LogPartition;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.JdbcTemplate;

/** Journeys that have to be looked at once more, a row for each cause. */
final class PostgresDueJourneys {

    private final JdbcTemplate jdbc;

    PostgresDueJourneys(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Marks what polls have settled that were asked when it was due already, then notes what has become due.
     *
     * @return the causes that were not known before
     */
    List<Anomaly> write(Map<String, Instant> settled, Collection<DueRow> due) {
        new PostgresColumns<>(settled.entrySet())
                .text(Map.Entry::getKey)
                .text(Map.Entry::getValue)
                .update(jdbc, """
                UPDATE due_journey d SET settled = true
                FROM unnest(?::text[], ?::text[]) AS s (journey_key, asked_at)
                WHERE d.journey_key = s.journey_key AND d.due_at <= s.asked_at::timestamptz AND NOT d.settled
                """);
        return new PostgresColumns<>(due)
                .text(DueRow::journeyKey)
                .text(row -> row.cause().anomaly())
                .text(row -> row.cause().contradiction())
                .text(DueRow::borrowerKey)
                .text(DueRow::applicationId)
                .text(DueRow::journeyId)
                .text(DueRow::sequence)
                .text(DueRow::dueAt)
                .bool(DueRow::settled)
                .bigint(DueRow::sourceOffset)
                .query(jdbc, """
                        INSERT INTO due_journey (journey_key, cause, contradiction, borrower_key, application_id,
                            journey_id, sequence, due_at, settled, source_offset)
                        SELECT r.journey_key, r.cause, r.contradiction, r.borrower_key, r.application_id::uuid,
                            r.journey_id, r.sequence::bigint, r.due_at::timestamptz, r.settled, r.source_offset
                        FROM unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[],
                                ?::text[], ?::boolean[], ?::bigint[])
                            AS r (journey_key, cause, contradiction, borrower_key, application_id, journey_id, sequence,
                                due_at, settled, source_offset)
                        ON CONFLICT (journey_key, cause, contradiction) DO NOTHING
                        RETURNING cause
                        """, result -> Anomaly.valueOf(result.getString("cause")));
    }

    /**
     * Makes a partition's journeys due that are not over and moved within 90 days, spread over an hour: records of theirs
     * may be lost.
     *
     * @return how many
     */
    int unfinished(LogPartition partition, String cause) {
        return jdbc.update(
                """
                INSERT INTO due_journey (journey_key, cause, contradiction, borrower_key, application_id, journey_id,
                    sequence, due_at, settled, source_offset)
                SELECT journey_key, ?, now()::text, borrower_key, application_id, journey_id,
                    (core_sequenced::jsonb->>'sequence')::bigint, now() + random() * INTERVAL '1 hour', false, source_offset
                FROM journey
                WHERE topic_id = ? AND partition = ? AND version > 0 AND changed_at > now() - INTERVAL '90 days'
                  AND status <> ALL (?)
                ON CONFLICT (journey_key, cause, contradiction) DO NOTHING
                """, cause, partition.topicId(), partition.partition(), Contents.OVER.toArray(String[]::new));
    }
}
