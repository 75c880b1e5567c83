package dev.borrowerjourney.projector.projection;

import dev.borrowerjourney.projector.state.LogPartition;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** One row a partition, which says how far it is; whoever writes for a partition holds its row locked. */
final class PostgresOffsets {

    private static final String COLUMNS = "applied_offset, last_position, published_position, cursor_offset, edited";

    private final JdbcTemplate jdbc;

    PostgresOffsets(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    Optional<OffsetRow> find(LogPartition partition) {
        return one("SELECT " + COLUMNS + " FROM projection_offset WHERE topic_id = ? AND partition = ?", partition);
    }

    Optional<OffsetRow> lock(LogPartition partition) {
        return Optional.ofNullable(lock(List.of(partition)).get(partition));
    }

    /** Locks rows in one order for all, so that no two lock each other out. */
    Map<LogPartition, OffsetRow> lock(Collection<LogPartition> partitions) {
        var asked = partitions.stream()
                .collect(Collectors.toMap(each -> List.of(each.topicId(), each.partition()), Function.identity()));
        var rows = new HashMap<LogPartition, OffsetRow>();
        new PostgresColumns<>(partitions)
                .text(LogPartition::topicId)
                .bigint(each -> (long) each.partition())
                .query(
                        jdbc,
                        "SELECT topic_id, partition, " + COLUMNS + """
                         FROM projection_offset
                        WHERE (topic_id, partition) IN (SELECT * FROM unnest(?::text[], ?::bigint[]))
                        ORDER BY topic_id, partition
                        FOR UPDATE
                        """,
                        result -> rows.put(
                                asked.get(List.of(result.getString("topic_id"), result.getInt("partition"))),
                                row(result)));
        return rows;
    }

    /** The row of the topic that had this name last; its positions go on. */
    Optional<OffsetRow> predecessor(LogPartition partition) {
        return jdbc
                .query(
                        "SELECT " + COLUMNS + """
                                 FROM projection_offset
                                WHERE topic = ? AND partition = ? AND topic_id <> ?
                                ORDER BY created_at DESC
                                LIMIT 1
                                """,
                        (result, _) -> row(result),
                        partition.topic(),
                        partition.partition(),
                        partition.topicId())
                .stream()
                .findFirst();
    }

    /** Makes the row; another owner may have been faster, and then its row stands. */
    void insert(LogPartition partition, OffsetRow row) {
        jdbc.update(
                """
                INSERT INTO projection_offset (topic_id, partition, topic, applied_offset, last_position,
                    published_position, cursor_offset)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (topic_id, partition) DO NOTHING
                """,
                partition.topicId(),
                partition.partition(),
                partition.topic(),
                row.applied(),
                row.lastPosition(),
                row.publishedPosition(),
                row.cursor());
    }

    void update(LogPartition partition, OffsetRow row) {
        update(Map.of(partition, row));
    }

    void update(Map<LogPartition, OffsetRow> rows) {
        new PostgresColumns<>(rows.entrySet())
                .text(each -> each.getKey().topicId())
                .bigint(each -> (long) each.getKey().partition())
                .bigint(each -> each.getValue().applied())
                .bigint(each -> each.getValue().lastPosition())
                .bigint(each -> each.getValue().publishedPosition())
                .bigint(each -> each.getValue().cursor())
                .update(jdbc, """
                        UPDATE projection_offset o
                        SET applied_offset = r.applied_offset, last_position = r.last_position,
                            published_position = r.published_position, cursor_offset = r.cursor_offset
                        FROM unnest(?::text[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[])
                            AS r (topic_id, partition, applied_offset, last_position, published_position, cursor_offset)
                        WHERE o.topic_id = r.topic_id AND o.partition = r.partition
                        """);
    }

    /** Notes how far a partition is published at least. */
    void notePublished(LogPartition partition, long position) {
        jdbc.update("""
                UPDATE projection_offset SET published_position = ?
                WHERE topic_id = ? AND partition = ? AND published_position < ?
                """, position, partition.topicId(), partition.partition(), position);
    }

    /** Notes up to where a partition is applied again. */
    void noteReplay(LogPartition partition, long published, long cursor) {
        jdbc.update("""
                UPDATE projection_offset
                SET published_position = greatest(published_position, ?), cursor_offset = greatest(cursor_offset, ?)
                WHERE topic_id = ? AND partition = ?
                """, published, cursor, partition.topicId(), partition.partition());
    }

    private Optional<OffsetRow> one(String sql, LogPartition partition) {
        return jdbc.query(sql, (result, _) -> row(result), partition.topicId(), partition.partition()).stream()
                .findFirst();
    }

    private static OffsetRow row(ResultSet result) throws SQLException {
        return new OffsetRow(
                result.getLong("applied_offset"),
                result.getLong("last_position"),
                result.getLong("published_position"),
                cursor(result),
                result.getLong("edited"));
    }

    private static @Nullable Long cursor(ResultSet result) throws SQLException {
        return result.getObject("cursor_offset", Long.class);
    }
}
