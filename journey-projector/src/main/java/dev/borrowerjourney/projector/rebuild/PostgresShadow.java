package dev.borrowerjourney.projector.rebuild;

import dev.borrowerjourney.projector.law.Group;
import dev.borrowerjourney.projector.law.Journey;
import dev.borrowerjourney.projector.projection.PostgresColumns;
import dev.borrowerjourney.projector.rebuild.ShadowFold.Counts;
import dev.borrowerjourney.projector.state.Registers;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionOperations;

/** The shadow's tables. Only one command at a time writes them. */
final class PostgresShadow {

    private final JdbcTemplate jdbc;
    private final TransactionOperations transaction;

    PostgresShadow(JdbcTemplate jdbc, TransactionOperations transaction) {
        this.jdbc = jdbc;
        this.transaction = transaction;
    }

    /** @throws Refusal if the service of this version was never started on this database */
    void assertThere() {
        if (jdbc.queryForObject("SELECT to_regclass('rebuild_kept')", String.class) == null) {
            throw new Refusal("the database has no tables for a rebuild: start this version of the service first");
        }
    }

    Optional<ShadowInfo> info() {
        return jdbc
                .query(
                        "SELECT topic_id, begun_at, begun_by, begun_why, filled_at FROM shadow",
                        (result, _) -> new ShadowInfo(
                                result.getString("topic_id"),
                                instant(result, "begun_at"),
                                result.getString("begun_by"),
                                result.getString("begun_why"),
                                orNull(result, "filled_at")))
                .stream()
                .findFirst();
    }

    Map<Integer, ShadowPartition> partitions() {
        var partitions = new TreeMap<Integer, ShadowPartition>();
        jdbc.query(
                "SELECT partition, first_offset, fill_before, applied_offset FROM shadow_partition",
                (ResultSet result) -> {
                    partitions.put(
                            result.getInt("partition"),
                            new ShadowPartition(
                                    result.getInt("partition"),
                                    result.getLong("first_offset"),
                                    orNull(result, "fill_before"),
                                    result.getLong("applied_offset")));
                });
        return partitions;
    }

    /** What became of all records so far. */
    Counts counts() {
        return jdbc.query(
                        """
                        SELECT coalesce(sum(records), 0), coalesce(sum(illegible), 0), coalesce(sum(dead_letters), 0),
                               coalesce(sum(erased), 0)
                        FROM shadow_partition
                        """,
                        (result, _) ->
                                new Counts(result.getLong(1), result.getLong(2), result.getLong(3), result.getLong(4)))
                .getFirst();
    }

    long size() {
        var count = jdbc.queryForObject("SELECT count(*) FROM shadow_journey", Long.class);
        return count == null ? 0 : count;
    }

    void begin(ShadowInfo info, Collection<ShadowPartition> partitions) {
        transaction.executeWithoutResult(_ -> {
            clear();
            jdbc.update(
                    "INSERT INTO shadow (topic_id, begun_at, begun_by, begun_why) VALUES (?, ?, ?, ?)",
                    info.topicId(),
                    utc(info.begunAt()),
                    info.begunBy(),
                    info.begunWhy());
            for (var each : partitions) {
                jdbc.update(
                        """
                        INSERT INTO shadow_partition (partition, first_offset, fill_before, applied_offset)
                        VALUES (?, ?, ?, ?)
                        """,
                        each.partition(),
                        each.first(),
                        each.fillBefore() == null ? null : utc(each.fillBefore()),
                        each.applied());
            }
        });
    }

    void filled(Instant at) {
        jdbc.update("UPDATE shadow SET filled_at = ?", utc(at));
    }

    void drop() {
        transaction.executeWithoutResult(_ -> clear());
    }

    private void clear() {
        jdbc.execute("TRUNCATE shadow, shadow_partition, shadow_journey");
    }

    List<ShadowRow> rows(Collection<String> keys) {
        return jdbc.query(
                """
                SELECT journey_key, borrower_key, application_id, journey_id, published_version, core_sequenced,
                       core_timed, details_sequenced, details_timed
                FROM shadow_journey
                WHERE journey_key = ANY (?)
                """,
                statement -> statement.setArray(1, statement.getConnection().createArrayOf("text", keys.toArray())),
                (result, _) -> row(result));
    }

    /** Offsets of a partition's records that were given up, and that have to go through the log again if at all. */
    Set<Long> deadLetters(String topicId, int partition) {
        return new HashSet<>(jdbc.queryForList(
                "SELECT source_offset FROM dead_letter WHERE topic_id = ? AND partition = ?",
                Long.class,
                topicId,
                partition));
    }

    /** Writes what was taken in up to an offset, at once. */
    void advance(ShadowPartition from, long offset, Collection<ShadowRow> changed, Counts counts) {
        transaction.executeWithoutResult(_ -> {
            write(from.partition(), changed);
            int rows = jdbc.update(
                    """
                    UPDATE shadow_partition
                    SET applied_offset = ?, records = records + ?, illegible = illegible + ?,
                        dead_letters = dead_letters + ?, erased = erased + ?, applied_at = now()
                    WHERE partition = ? AND applied_offset = ?
                    """,
                    offset,
                    counts.records(),
                    counts.illegible(),
                    counts.deadLetters(),
                    counts.erased(),
                    from.partition(),
                    from.applied());
            if (rows == 0) {
                throw new Refusal("partition " + from.partition()
                        + ": the shadow is not where it was; another command has changed it meanwhile");
            }
        });
    }

    /** Joins what is known from elsewhere. */
    void join(int partition, Collection<ShadowRow> rows) {
        transaction.executeWithoutResult(_ -> {
            var joined = new TreeMap<String, ShadowRow>();
            rows.forEach(row -> joined.merge(row.journeyKey(), row, ShadowRow::join));
            rows(joined.keySet()).forEach(row -> joined.merge(row.journeyKey(), row, ShadowRow::join));
            write(partition, joined.values());
        });
    }

    void forget(Collection<String> keys) {
        jdbc.update(
                "DELETE FROM shadow_journey WHERE journey_key = ANY (?)",
                statement -> statement.setArray(1, statement.getConnection().createArrayOf("text", keys.toArray())));
    }

    /** A row with what readers would see of it. */
    private record Line(ShadowRow row, Seen seen) {}

    private void write(int partition, Collection<ShadowRow> rows) {
        new PostgresColumns<>(rows.stream()
                        .map(row -> new Line(row, Seen.of(row.journey())))
                        .toList())
                .text(line -> line.row().journeyKey())
                .text(line -> line.row().borrowerKey())
                .text(line -> line.row().applicationId())
                .text(line -> line.row().journeyId())
                .bigint(line -> line.row().publishedVersion())
                .text(line -> line.seen().type())
                .text(line -> line.seen().status())
                .text(line -> line.seen().nextAction())
                .text(line -> line.seen().details())
                .text(line -> line.seen().platformAt())
                .text(line -> Registers.json(line.row().journey().core().sequenced()))
                .text(line -> Registers.json(line.row().journey().core().timed()))
                .text(line -> Registers.json(line.row().journey().details().sequenced()))
                .text(line -> Registers.json(line.row().journey().details().timed()))
                .update(jdbc, """
                        INSERT INTO shadow_journey (journey_key, borrower_key, application_id, journey_id,
                            published_version, type, status, next_action, details, platform_at, core_sequenced, core_timed,
                            details_sequenced, details_timed, partition)
                        SELECT r.journey_key, r.borrower_key, r.application_id::uuid, r.journey_id, r.published_version,
                            r.type, r.status, r.next_action, r.details, r.platform_at::timestamptz,
                            r.core_sequenced, r.core_timed, r.details_sequenced,
                            r.details_timed, ?
                        FROM unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::bigint[], ?::text[], ?::text[],
                                ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[])
                            AS r (journey_key, borrower_key, application_id, journey_id, published_version, type, status,
                                next_action, details, platform_at, core_sequenced, core_timed, details_sequenced,
                                details_timed)
                        ON CONFLICT (journey_key) DO UPDATE
                        SET published_version = excluded.published_version, type = excluded.type,
                            status = excluded.status, next_action = excluded.next_action, details = excluded.details,
                            platform_at = excluded.platform_at, core_sequenced = excluded.core_sequenced,
                            core_timed = excluded.core_timed, details_sequenced = excluded.details_sequenced,
                            details_timed = excluded.details_timed
                        """, partition);
    }

    private static ShadowRow row(ResultSet result) throws SQLException {
        return new ShadowRow(
                result.getString("journey_key"),
                result.getString("borrower_key"),
                result.getObject("application_id", UUID.class),
                result.getString("journey_id"),
                journey(result),
                result.getLong("published_version"));
    }

    /** The registers in columns of the usual names; the version is for others to tell. */
    static Journey journey(ResultSet result) throws SQLException {
        return new Journey(
                new Group(
                        Registers.readCore(result.getString("core_sequenced")),
                        Registers.readCore(result.getString("core_timed"))),
                new Group(
                        Registers.readDetails(result.getString("details_sequenced")),
                        Registers.readDetails(result.getString("details_timed"))),
                0);
    }

    static OffsetDateTime utc(Instant instant) {
        return instant.equals(Instant.MAX) ? OffsetDateTime.MAX : instant.atOffset(ZoneOffset.UTC);
    }

    static Instant instant(ResultSet result, String column) throws SQLException {
        return result.getObject(column, OffsetDateTime.class).toInstant();
    }

    static @Nullable Instant orNull(ResultSet result, String column) throws SQLException {
        return result.getObject(column, OffsetDateTime.class) == null ? null : instant(result, column);
    }
}
