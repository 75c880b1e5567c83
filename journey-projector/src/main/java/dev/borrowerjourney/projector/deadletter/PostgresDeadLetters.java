package dev.borrowerjourney.projector.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.borrowerjourney.projector.state.DeadLetterId;
import dev.borrowerjourney.projector.state.StoredHeaders;
import dev.borrowerjourney.schemas.borrower.BorrowerKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The dead letters as operators see them. */
final class PostgresDeadLetters {

    private static final String ENTRY = """
            SELECT topic_id, partition, source_offset, position, reason, detail, record_key, recorded_at, found_at,
                   replay_of, state, decided_at, decided_by, decided_why, replayed_to
            FROM dead_letter
            """;

    private static final String SELECTED = """
            WHERE (CAST(:topicId AS text) IS NULL OR (topic_id = :topicId AND source_offset = :offset))
              AND (CAST(:partition AS integer) IS NULL OR partition = :partition)
              AND (CAST(:reason AS text) IS NULL OR reason = :reason)
              AND (CAST(:key AS bytea) IS NULL OR record_key = :key)
              AND (CAST(:since AS timestamptz) IS NULL OR found_at >= :since)
              AND (NOT :openOnly OR state = 'OPEN')
            """;

    private final JdbcTemplate template;
    private final JdbcClient jdbc;

    PostgresDeadLetters(JdbcTemplate template) {
        this.template = template;
        this.jdbc = JdbcClient.create(template);
    }

    /** How many there are of each reason. */
    Map<String, Long> byReason(Selection selection) {
        var counts = new TreeMap<String, Long>();
        selected("SELECT reason, count(*) FROM dead_letter " + SELECTED + "GROUP BY reason", selection)
                .query((ResultSet result) -> {
                    counts.put(result.getString(1), result.getLong(2));
                });
        return counts;
    }

    /** Those found last, in the order in which they were found. */
    List<Entry> latest(Selection selection, long limit) {
        return selected(
                        ENTRY + SELECTED + "ORDER BY found_at DESC, partition DESC, position DESC LIMIT :limit",
                        selection)
                .param("limit", limit)
                .query((result, _) -> entry(result))
                .list()
                .reversed();
    }

    /** Partition by partition in the order of the log, and so each key's in theirs. */
    List<Entry> inOrderOfTheLog(Selection selection, long limit) {
        return selected(ENTRY + SELECTED + "ORDER BY partition, position LIMIT :limit", selection)
                .param("limit", limit)
                .query((result, _) -> entry(result))
                .list();
    }

    Content content(Entry entry) {
        return jdbc.sql("SELECT record_key, value, headers FROM dead_letter WHERE partition = ? AND position = ?")
                .param(entry.partition())
                .param(entry.position())
                .query((result, _) -> new Content(
                        result.getBytes("record_key"),
                        result.getBytes("value"),
                        StoredHeaders.read(result.getBytes("headers"))))
                .optional()
                .orElseThrow(() -> new IllegalStateException(entry.id() + ": it was removed meanwhile"));
    }

    /** Writes a decision down; of an earlier one only the audit tells. */
    void decide(Entry entry, State state, Entry.Decision decision) {
        int rows = jdbc.sql("""
                        UPDATE dead_letter
                        SET state = :state, decided_at = :at, decided_by = :by, decided_why = :why, replayed_to = :to
                        WHERE partition = :partition AND position = :position
                        """)
                .param("state", state.name())
                .param("at", OffsetDateTime.ofInstant(decision.at(), ZoneOffset.UTC))
                .param("by", decision.by())
                .param("why", decision.why())
                .param("to", decision.replayedTo(), Types.VARCHAR)
                .param("partition", entry.partition())
                .param("position", entry.position())
                .update();
        if (rows == 0) {
            throw new IllegalStateException(entry.id() + ": it was removed meanwhile");
        }
    }

    /** Runs what no two processes may do at a time, or returns nothing because another does. */
    <T> Optional<T> alone(Supplier<T> act) {
        return Objects.requireNonNull(template.execute((ConnectionCallback<Optional<T>>) connection -> {
            try (var statement = connection.createStatement()) {
                var locked = statement.executeQuery("SELECT pg_try_advisory_lock(hashtext('journey.dead_letter'))");
                if (!locked.next() || !locked.getBoolean(1)) {
                    return Optional.empty();
                }
                try {
                    return Optional.of(act.get());
                } finally {
                    statement.execute("SELECT pg_advisory_unlock(hashtext('journey.dead_letter'))");
                }
            }
        }));
    }

    private JdbcClient.StatementSpec selected(String sql, Selection selection) {
        var id = selection.id();
        var since = selection.since();
        var key = selection.key();
        return jdbc.sql(sql)
                .param("topicId", id == null ? null : id.topicId(), Types.VARCHAR)
                .param("offset", id == null ? null : id.offset(), Types.BIGINT)
                .param("partition", id == null ? selection.partition() : Integer.valueOf(id.partition()), Types.INTEGER)
                .param("reason", selection.reason(), Types.VARCHAR)
                .param("key", key == null ? null : key.getBytes(UTF_8), Types.BINARY)
                .param(
                        "since",
                        since == null ? null : OffsetDateTime.ofInstant(since, ZoneOffset.UTC),
                        Types.TIMESTAMP_WITH_TIMEZONE)
                .param("openOnly", selection.openOnly());
    }

    private static Entry entry(ResultSet result) throws SQLException {
        var decidedAt = result.getObject("decided_at", OffsetDateTime.class);
        return new Entry(
                new DeadLetterId(
                                result.getString("topic_id"),
                                result.getInt("partition"),
                                result.getLong("source_offset"))
                        .toString(),
                result.getInt("partition"),
                result.getLong("position"),
                result.getString("reason"),
                result.getString("detail"),
                shown(result.getBytes("record_key")),
                instant(result, "recorded_at"),
                instant(result, "found_at"),
                result.getString("replay_of"),
                State.valueOf(result.getString("state")),
                decidedAt == null
                        ? null
                        : new Entry.Decision(
                                decidedAt.toInstant(),
                                result.getString("decided_by"),
                                result.getString("decided_why"),
                                result.getString("replayed_to")));
    }

    private static Instant instant(ResultSet result, String column) throws SQLException {
        return result.getObject(column, OffsetDateTime.class).toInstant();
    }

    /** A writer that keyed a record wrongly may have keyed it by what nobody should see. */
    private static @Nullable String shown(byte @Nullable [] key) {
        if (key == null) {
            return null;
        }
        try {
            return new BorrowerKey(new String(key, UTF_8)).value();
        } catch (IllegalArgumentException e) {
            return "<" + key.length + " bytes>";
        }
    }
}
