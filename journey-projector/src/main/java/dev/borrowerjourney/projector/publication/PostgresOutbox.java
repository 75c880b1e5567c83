package dev.borrowerjourney.projector.publication;

import dev.borrowerjourney.projector.state.Contents;
import dev.borrowerjourney.projector.state.Registers;
import dev.borrowerjourney.projector.state.StoredHeaders;
import dev.borrowerjourney.schemas.borrower.BorrowerKey;
import dev.borrowerjourney.schemas.event.DeadLetter;
import dev.borrowerjourney.schemas.event.Freshness;
import dev.borrowerjourney.schemas.event.FreshnessState;
import dev.borrowerjourney.schemas.event.JourneyChanged;
import dev.borrowerjourney.schemas.event.JourneyDetails;
import dev.borrowerjourney.schemas.event.JourneyState;
import dev.borrowerjourney.schemas.event.Source;
import dev.borrowerjourney.schemas.event.SourceOffset;
import dev.borrowerjourney.schemas.header.EventIds;
import java.nio.ByteBuffer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** Reads what waits for publication from the tables, never from memory: another owner may have written it. */
final class PostgresOutbox {

    private final JdbcTemplate jdbc;

    PostgresOutbox(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** Rows of a partition above a position, in order of positions, at most so many. */
    List<Outgoing> after(int partition, long position, int limit) {
        return Stream.concat(changes(partition, position, limit), letters(partition, position, limit))
                .sorted(Comparator.comparingLong(Outgoing::position))
                .limit(limit)
                .toList();
    }

    /** The states that these changes have led to by now: maybe later ones, never earlier ones. */
    List<Outgoing.Latest> latest(Collection<Outgoing.Change> changes) {
        Map<String, Outgoing.Change> causes = new HashMap<>();
        changes.forEach(change -> causes.put(change.journeyKey(), change));
        return jdbc.query(
                """
                SELECT journey_key, borrower_key, application_id, journey_id, version, type, status, next_action, details,
                       source, platform_at, changed_at, confirmed_at, fresh_as_of, stale, core_sequenced, core_timed,
                       details_sequenced, details_timed, topic_id, partition, source_offset
                FROM journey
                WHERE journey_key = ANY (?) AND version > 0
                ORDER BY journey_key
                """,
                statement -> statement.setArray(
                        1,
                        statement
                                .getConnection()
                                .createArrayOf("text", causes.keySet().toArray())),
                (result, _) -> {
                    var cause = Objects.requireNonNull(causes.get(result.getString("journey_key")));
                    return new Outgoing.Latest(state(result), cause.correlationId(), cause.traceparent());
                });
    }

    private Stream<Outgoing> changes(int partition, long position, int limit) {
        return jdbc.query("""
                        SELECT borrower_key, application_id, journey_id, version, before, after, source, platform_at,
                               changed_at, confirmed_at, fresh_as_of, stale, event_id, correlation_id, traceparent,
                               topic_id, partition, source_offset, position
                        FROM journey_change
                        WHERE partition = ? AND position > ?
                        ORDER BY position
                        LIMIT ?
                        """, (result, _) -> change(result), partition, position, limit).stream();
    }

    private Stream<Outgoing> letters(int partition, long position, int limit) {
        return jdbc.query("""
                        SELECT topic, topic_id, partition, source_offset, reason, detail, recorded_at, record_key, headers,
                               value, position
                        FROM dead_letter
                        WHERE partition = ? AND position > ?
                        ORDER BY position
                        LIMIT ?
                        """, (result, _) -> letter(result), partition, position, limit).stream();
    }

    private static Outgoing change(ResultSet result) throws SQLException {
        var borrower = new BorrowerKey(result.getString("borrower_key"));
        var journeyId = result.getString("journey_id");
        long version = result.getLong("version");
        var before = result.getString("before");
        var value = new JourneyChanged(
                EventIds.change(borrower, journeyId, version).toString(),
                borrower.value(),
                result.getString("application_id"),
                journeyId,
                version,
                before == null ? null : Contents.readState(before),
                Contents.readState(result.getString("after")),
                Source.valueOf(result.getString("source")),
                instant(result, "platform_at"),
                instant(result, "changed_at"),
                instant(result, "confirmed_at"),
                freshness(result),
                result.getString("event_id"),
                sourceOffset(result));
        return new Outgoing.Change(
                result.getLong("position"),
                result.getLong("source_offset"),
                value,
                result.getString("correlation_id"),
                result.getString("traceparent"));
    }

    private static Outgoing letter(ResultSet result) throws SQLException {
        var headers = new HashMap<String, ByteBuffer>();
        StoredHeaders.read(result.getBytes("headers"))
                .forEach((name, header) -> headers.put(name, ByteBuffer.wrap(header)));
        var bytes = result.getBytes("value");
        var value = new DeadLetter(
                result.getString("topic"),
                sourceOffset(result),
                result.getString("reason"),
                result.getString("detail"),
                instant(result, "recorded_at"),
                headers,
                bytes == null ? null : ByteBuffer.wrap(bytes));
        return new Outgoing.Letter(
                result.getLong("position"), result.getLong("source_offset"), result.getBytes("record_key"), value);
    }

    private static JourneyState state(ResultSet result) throws SQLException {
        return new JourneyState(
                result.getString("borrower_key"),
                result.getString("application_id"),
                result.getString("journey_id"),
                result.getLong("version"),
                result.getString("type"),
                result.getString("status"),
                result.getString("next_action"),
                details(result.getString("details")),
                Source.valueOf(result.getString("source")),
                instant(result, "platform_at"),
                instant(result, "changed_at"),
                instant(result, "confirmed_at"),
                freshness(result),
                Registers.core(Registers.readCore(result.getString("core_sequenced"))),
                Registers.core(Registers.readCore(result.getString("core_timed"))),
                Registers.details(Registers.readDetails(result.getString("details_sequenced"))),
                Registers.details(Registers.readDetails(result.getString("details_timed"))),
                sourceOffset(result));
    }

    private static @Nullable JourneyDetails details(@Nullable String json) {
        return json == null ? null : Contents.readDetails(json);
    }

    private static Freshness freshness(ResultSet result) throws SQLException {
        return new Freshness(
                instant(result, "fresh_as_of"),
                result.getBoolean("stale") ? FreshnessState.STALE : FreshnessState.FRESH);
    }

    private static SourceOffset sourceOffset(ResultSet result) throws SQLException {
        return new SourceOffset(
                result.getString("topic_id"), result.getInt("partition"), result.getLong("source_offset"));
    }

    private static @Nullable Instant instant(ResultSet result, String column) throws SQLException {
        var time = result.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
