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
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionOperations;

/** Reads what waits for publication from the tables, never from memory: another owner may have written it. */
final class PostgresOutbox {

    private static final int MOST_ROWS = 500;

    /** Fewer, because each may be large. */
    private static final int MOST_LETTERS = 16;

    /** Bytes of key, headers and value. A record of the topic has 1 MiB, and its letter needs some of it to tell what happened. */
    private static final int LARGEST_LETTER = 960 * 1024;

    private final JdbcTemplate jdbc;
    private final TransactionOperations transaction;

    PostgresOutbox(JdbcTemplate jdbc, TransactionOperations transaction) {
        this.jdbc = jdbc;
        this.transaction = transaction;
    }

    /**
     * Reads everything as of the same moment. A database that goes back between two statements would give changes without
     * their states, and both would count as published when it has caught up again.
     */
    <T> T atOneMoment(Supplier<T> reading) {
        return Objects.requireNonNull(transaction.execute(_ -> {
            // Not by the transaction's definition, which asks and tells the server four times for the same.
            jdbc.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
            return reading.get();
        }));
    }

    /**
     * What is published at once.
     *
     * @param rows in order of positions
     * @param leftOut source offset of the first row that has to wait, null if none does
     */
    record Portion(List<Outgoing> rows, @Nullable Long leftOut) {}

    /** The next rows of a partition above a position. */
    Portion after(int partition, long position) {
        var letters = letters(partition, position, MOST_LETTERS + 1);
        var rows = Stream.concat(changes(partition, position, MOST_ROWS + 1), letters.stream())
                .sorted(Comparator.comparingLong(Outgoing::position))
                .toList();
        int end = Math.min(rows.size(), MOST_ROWS);
        if (letters.size() > MOST_LETTERS) {
            end = Math.min(end, rows.indexOf(letters.getLast()));
        }
        return new Portion(
                rows.subList(0, end),
                end < rows.size() ? Long.valueOf(rows.get(end).sourceOffset()) : null);
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

    /** What would make a letter too large for its topic stays here and in the log: first the value, then the headers, then the key. */
    private List<Outgoing> letters(int partition, long position, int limit) {
        return jdbc.query("""
                SELECT topic, topic_id, partition, source_offset, reason, detail, recorded_at, position,
                       CASE WHEN upto_key <= largest THEN record_key END AS record_key,
                       CASE WHEN upto_headers <= largest THEN headers END AS headers,
                       CASE WHEN upto_value <= largest THEN value END AS value,
                       CASE WHEN upto_value > largest THEN octet_length(value) END AS omitted_bytes
                FROM dead_letter
                CROSS JOIN LATERAL (SELECT coalesce(octet_length(record_key), 0) AS upto_key) AS k
                CROSS JOIN LATERAL (SELECT upto_key + octet_length(headers) AS upto_headers) AS h
                CROSS JOIN LATERAL (SELECT upto_headers + coalesce(octet_length(value), 0) AS upto_value,
                                           ? AS largest) AS v
                WHERE partition = ? AND position > ?
                ORDER BY position
                LIMIT ?
                """, (result, _) -> letter(result), LARGEST_LETTER, partition, position, limit);
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
        var stored = result.getBytes("headers");
        var headers = new HashMap<String, ByteBuffer>();
        if (stored != null) {
            StoredHeaders.read(stored).forEach((name, header) -> headers.put(name, ByteBuffer.wrap(header)));
        }
        var bytes = result.getBytes("value");
        var value = new DeadLetter(
                result.getString("topic"),
                sourceOffset(result),
                result.getString("reason"),
                result.getString("detail"),
                instant(result, "recorded_at"),
                headers,
                bytes == null ? null : ByteBuffer.wrap(bytes),
                result.getObject("omitted_bytes", Integer.class));
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
