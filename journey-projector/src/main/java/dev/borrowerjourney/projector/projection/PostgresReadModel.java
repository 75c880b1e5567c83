package dev.borrowerjourney.projector.projection;

import dev.borrowerjourney.projector.law.Anomaly;
import dev.borrowerjourney.projector.law.Group;
import dev.borrowerjourney.projector.law.Journey;
import dev.borrowerjourney.projector.law.Register;
import dev.borrowerjourney.projector.law.VisibleState;
import dev.borrowerjourney.projector.law.VisibleState.VisibleContent;
import dev.borrowerjourney.projector.state.Contents;
import dev.borrowerjourney.projector.state.Registers;
import dev.borrowerjourney.projector.state.StoredHeaders;
import dev.borrowerjourney.schemas.event.JourneyCore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** Journeys, their history and the dead letters, in the tables of schema {@code journey}. */
public final class PostgresReadModel {

    private final JdbcTemplate jdbc;
    private final PostgresDueJourneys due;

    public PostgresReadModel(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
        this.due = new PostgresDueJourneys(jdbc);
    }

    public Map<String, JourneyRow> journeys(Collection<String> keys) {
        var rows = new HashMap<String, JourneyRow>();
        if (!keys.isEmpty()) {
            jdbc.query(
                    """
                    SELECT journey_key, borrower_key, application_id, journey_id, version, changed_at, confirmed_at,
                           fresh_as_of, stale, core_sequenced, core_timed, details_sequenced, details_timed, source_offset
                    FROM journey
                    WHERE journey_key = ANY (?)
                    """,
                    statement -> statement.setArray(1, statement.getConnection().createArrayOf("text", keys.toArray())),
                    result -> {
                        rows.put(result.getString("journey_key"), row(result));
                    });
        }
        return rows;
    }

    /**
     * Writes what folds have found; the caller holds the partitions' offset rows locked.
     *
     * @return anomalies that were not known before
     */
    List<Anomaly> write(List<Placed<Fold>> folds) {
        writeJourneys(all(folds, Fold::journeys));
        writeChanges(all(folds, Fold::changes));
        writeDeadLetters(all(folds, Fold::deadLetters));
        return folds.stream()
                .map(Placed::value)
                .flatMap(fold -> due.write(fold.settled(), fold.due()).stream())
                .toList();
    }

    private static <U> List<Placed<U>> all(List<Placed<Fold>> folds, Function<Fold, Collection<U>> parts) {
        return folds.stream().flatMap(fold -> fold.each(parts)).toList();
    }

    /** How many of these journeys are another borrower's, too. */
    long ownersChanged(Collection<String> newJourneys) {
        if (newJourneys.isEmpty()) {
            return 0;
        }
        var count = jdbc.query(
                """
                SELECT count(*)
                FROM journey a
                WHERE a.journey_key = ANY (?)
                  AND EXISTS (SELECT FROM journey b
                              WHERE b.application_id = a.application_id
                                AND b.journey_id = a.journey_id
                                AND b.journey_key <> a.journey_key)
                """,
                statement ->
                        statement.setArray(1, statement.getConnection().createArrayOf("text", newJourneys.toArray())),
                result -> result.next() ? result.getLong(1) : 0L);
        return count == null ? 0 : count;
    }

    /** The SQLSTATE if the database refused the data itself (class 22 or 23); anything else is trouble of its own. */
    public static Optional<String> refusal(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && sql.getSQLState() != null) {
                var state = sql.getSQLState();
                return state.startsWith("22") || state.startsWith("23") ? Optional.of(state) : Optional.empty();
            }
        }
        return Optional.empty();
    }

    /** Writes rows as they are now; the caller holds the partition's offset row locked. */
    public void writeJourneys(List<Placed<JourneyRow>> journeys) {
        PostgresColumns.placed(journeys)
                .text(JourneyRow::journeyKey)
                .text(JourneyRow::borrowerKey)
                .text(JourneyRow::applicationId)
                .text(JourneyRow::journeyId)
                .bigint(row -> row.journey().version())
                .text(row -> detailsOf(
                        row, details -> Contents.readDetails(details.content()).getType()))
                .text(row -> coreOf(row, JourneyCore::getStatus))
                .text(row -> coreOf(row, JourneyCore::getNextAction))
                .text(row -> detailsOf(
                        row, details -> details.equals(row.journey().details().sequenced()) ? "SEQUENCED" : "TIMED"))
                .text(row -> visible(row, state -> state.core().provenance().source()))
                .text(row -> visible(row, state -> state.core().time()))
                .text(JourneyRow::changedAt)
                .text(JourneyRow::confirmedAt)
                .text(JourneyRow::freshAsOf)
                .bool(JourneyRow::stale)
                .text(row -> Registers.json(row.journey().core().sequenced()))
                .text(row -> Registers.json(row.journey().core().timed()))
                .text(row -> Registers.json(row.journey().details().sequenced()))
                .text(row -> Registers.json(row.journey().details().timed()))
                .bigint(JourneyRow::sourceOffset)
                .update(jdbc, """
                        INSERT INTO journey (journey_key, borrower_key, application_id, journey_id, version, type, status,
                            next_action, details_in, source, platform_at, changed_at, confirmed_at, fresh_as_of, stale,
                            core_sequenced, core_timed, details_sequenced, details_timed, source_offset,
                            topic_id, partition)
                        SELECT r.journey_key, r.borrower_key, r.application_id::uuid, r.journey_id, r.version, r.type,
                            r.status, r.next_action, r.details_in, r.source, r.platform_at::timestamptz,
                            r.changed_at::timestamptz, r.confirmed_at::timestamptz, r.fresh_as_of::timestamptz, r.stale,
                            r.core_sequenced, r.core_timed, r.details_sequenced,
                            r.details_timed, r.source_offset, r.topic_id, r.partition
                        FROM unnest(?::text[], ?::bigint[], ?::text[], ?::text[], ?::text[], ?::text[], ?::bigint[], ?::text[], ?::text[],
                                ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[],
                                ?::boolean[], ?::text[], ?::text[], ?::text[], ?::text[], ?::bigint[])
                            AS r (topic_id, partition, journey_key, borrower_key, application_id, journey_id, version,
                                type, status, next_action, details_in, source, platform_at, changed_at, confirmed_at, fresh_as_of, stale,
                                core_sequenced, core_timed, details_sequenced, details_timed, source_offset)
                        ON CONFLICT (journey_key) DO UPDATE
                        SET version = excluded.version, type = excluded.type, status = excluded.status,
                            next_action = excluded.next_action, details_in = excluded.details_in, source = excluded.source,
                            platform_at = excluded.platform_at, changed_at = excluded.changed_at,
                            confirmed_at = excluded.confirmed_at, fresh_as_of = excluded.fresh_as_of,
                            stale = excluded.stale, core_sequenced = excluded.core_sequenced,
                            core_timed = excluded.core_timed, details_sequenced = excluded.details_sequenced,
                            details_timed = excluded.details_timed, topic_id = excluded.topic_id,
                            partition = excluded.partition, source_offset = excluded.source_offset
                        """);
    }

    /** Adds to the timeline; the caller holds the partition's offset row locked. */
    public void writeChanges(List<Placed<ChangeRow>> changes) {
        PostgresColumns.placed(changes)
                .text(ChangeRow::journeyKey)
                .bigint(ChangeRow::version)
                .text(ChangeRow::borrowerKey)
                .text(ChangeRow::applicationId)
                .text(ChangeRow::journeyId)
                .text(change -> state(change.before()))
                .text(change -> state(change.after()))
                .text(ChangeRow::source)
                .text(ChangeRow::platformAt)
                .text(ChangeRow::changedAt)
                .text(ChangeRow::confirmedAt)
                .bool(ChangeRow::stale)
                .text(ChangeRow::eventId)
                .text(ChangeRow::correlationId)
                .text(ChangeRow::traceparent)
                .bigint(ChangeRow::sourceOffset)
                .bigint(ChangeRow::position)
                .update(jdbc, """
                        INSERT INTO journey_change (journey_key, version, borrower_key, application_id, journey_id,
                            before, after, source, platform_at, changed_at, confirmed_at, fresh_as_of, stale, event_id,
                            correlation_id, traceparent, source_offset, position, topic_id, partition)
                        SELECT r.journey_key, r.version, r.borrower_key, r.application_id::uuid, r.journey_id,
                            r.before, r.after, r.source, r.platform_at::timestamptz,
                            r.changed_at::timestamptz, r.confirmed_at::timestamptz, r.changed_at::timestamptz, r.stale,
                            r.event_id, r.correlation_id, r.traceparent, r.source_offset, r.position, r.topic_id,
                            r.partition
                        FROM unnest(?::text[], ?::bigint[], ?::text[], ?::bigint[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[],
                                ?::text[], ?::text[], ?::text[], ?::text[], ?::boolean[], ?::text[], ?::text[],
                                ?::text[], ?::bigint[], ?::bigint[])
                            AS r (topic_id, partition, journey_key, version, borrower_key, application_id, journey_id, before, after, source,
                                platform_at, changed_at, confirmed_at, stale, event_id, correlation_id, traceparent,
                                source_offset, position)
                        """);
    }

    private void writeDeadLetters(List<Placed<DeadLetterRow>> deadLetters) {
        new PostgresColumns<>(deadLetters)
                .text(row -> row.partition().topic())
                .text(row -> row.partition().topicId())
                .bigint(row -> (long) row.partition().partition())
                .bigint(row -> row.value().position())
                .bigint(row -> row.value().source().offset())
                .text(row -> row.value().reason())
                .text(row -> row.value().detail())
                .text(row -> row.value().source().recordedAt())
                .bytes(row -> row.value().source().key())
                .bytes(row -> StoredHeaders.write(row.value().source().headers()))
                .bytes(row -> row.value().source().value())
                .text(row -> row.value().source().replayOf().orElse(null))
                .update(jdbc, """
                        INSERT INTO dead_letter (topic, topic_id, partition, position, source_offset, reason, detail,
                            recorded_at, record_key, headers, value, replay_of)
                        SELECT r.topic, r.topic_id, r.partition, r.position, r.source_offset, r.reason, r.detail,
                            r.recorded_at::timestamptz, r.record_key, r.headers, r.value, r.replay_of
                        FROM unnest(?::text[], ?::text[], ?::bigint[], ?::bigint[], ?::bigint[], ?::text[], ?::text[],
                                ?::text[], ?::bytea[], ?::bytea[], ?::bytea[], ?::text[])
                            AS r (topic, topic_id, partition, position, source_offset, reason, detail, recorded_at,
                                record_key, headers, value, replay_of)
                        """);
    }

    private static @Nullable String state(@Nullable VisibleContent content) {
        return content == null ? null : Contents.state(content.core(), content.details());
    }

    private static @Nullable Object coreOf(JourneyRow row, Function<JourneyCore, @Nullable Object> value) {
        return visible(row, state -> value.apply(Contents.readCore(state.core().content())));
    }

    private static @Nullable Object detailsOf(JourneyRow row, Function<Register, @Nullable Object> value) {
        return visible(row, state -> state.details() == null ? null : value.apply(state.details()));
    }

    private static @Nullable Object visible(JourneyRow row, Function<VisibleState, @Nullable Object> value) {
        return row.journey().visible().map(value).orElse(null);
    }

    private static JourneyRow row(ResultSet result) throws SQLException {
        return new JourneyRow(
                result.getString("journey_key"),
                result.getString("borrower_key"),
                result.getObject("application_id", UUID.class),
                result.getString("journey_id"),
                new Journey(
                        new Group(
                                Registers.readCore(result.getString("core_sequenced")),
                                Registers.readCore(result.getString("core_timed"))),
                        new Group(
                                Registers.readDetails(result.getString("details_sequenced")),
                                Registers.readDetails(result.getString("details_timed"))),
                        result.getLong("version")),
                instant(result, "changed_at"),
                instant(result, "confirmed_at"),
                instant(result, "fresh_as_of"),
                result.getBoolean("stale"),
                result.getLong("source_offset"));
    }

    private static @Nullable Instant instant(ResultSet result, String column) throws SQLException {
        var time = result.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
