package dev.borrowerjourney.projector.history;

import java.sql.Timestamp;
import java.time.Instant;
import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionOperations;

/** The tables that the timeline is made of: one a month, by UTC, and one for all other rows. */
final class PostgresHistory {

    private static final String NAME = "journey_change_";
    private static final DateTimeFormatter SUFFIX = DateTimeFormatter.ofPattern("yyyy_MM");
    private static final int BATCH = 5_000;

    /** Dropping a month locks the whole timeline for a moment; whoever reads long must not make all others wait. */
    private static final String SHORT_WAIT = "SET LOCAL lock_timeout = '1s'";

    /** Positions that are not known to be published belong to rows that are still to be read. */
    private static final String UNPUBLISHED = """
            FROM projection_offset o
            WHERE o.topic_id = c.topic_id AND o.partition = c.partition AND c.position > o.published_position
            """;

    private final JdbcTemplate jdbc;
    private final TransactionOperations transaction;

    PostgresHistory(JdbcTemplate jdbc, TransactionOperations transaction) {
        this.jdbc = jdbc;
        this.transaction = transaction;
    }

    Set<YearMonth> months() {
        return new TreeSet<>(jdbc.query("""
                SELECT substring(t.relname FROM 'journey_change_([0-9]{4}_[0-9]{2})')
                FROM pg_inherits i JOIN pg_class t ON t.oid = i.inhrelid
                WHERE i.inhparent = 'journey_change'::regclass AND t.relname ~ '^journey_change_[0-9]{4}_[0-9]{2}$'
                """, (result, _) -> YearMonth.parse(result.getString(1), SUFFIX)));
    }

    /** Months of rows that found none. */
    Set<YearMonth> monthsAmongOthers() {
        return new TreeSet<>(jdbc.query(
                "SELECT DISTINCT to_char(changed_at AT TIME ZONE 'UTC', 'YYYY_MM') FROM journey_change_other",
                (result, _) -> YearMonth.parse(result.getString(1), SUFFIX)));
    }

    /** Makes a month and brings the rows there that stand among the others; false if another instance is at it. */
    boolean make(YearMonth month) {
        return inTurn(() -> {
            var table = NAME + SUFFIX.format(month);
            var range = "changed_at >= '%s' AND changed_at < '%s'".formatted(begin(month), begin(month.plusMonths(1)));
            jdbc.execute("LOCK TABLE journey_change_other IN SHARE ROW EXCLUSIVE MODE");
            jdbc.execute("CREATE TABLE " + table + " (LIKE journey_change INCLUDING ALL)"
                    + " WITH (toast_tuple_target = 8160)");
            jdbc.execute("ALTER TABLE " + table
                    + " ALTER COLUMN before SET STATISTICS 0, ALTER COLUMN after SET STATISTICS 0");
            jdbc.execute("WITH moved AS (DELETE FROM journey_change_other WHERE " + range + " RETURNING *)"
                    + " INSERT INTO " + table + " SELECT * FROM moved");
            jdbc.execute("ALTER TABLE journey_change ATTACH PARTITION " + table + " FOR VALUES FROM ('" + begin(month)
                    + "') TO ('" + begin(month.plusMonths(1)) + "')");
            return true;
        });
    }

    /** Drops a month, unless rows of it are not known to be published or another instance is at it. */
    boolean drop(YearMonth month) {
        return inTurn(() -> {
            var table = NAME + SUFFIX.format(month);
            var unpublished = jdbc.queryForObject(
                    "SELECT EXISTS (SELECT FROM " + table + " c WHERE EXISTS (SELECT " + UNPUBLISHED + "))",
                    Boolean.class);
            if (Boolean.TRUE.equals(unpublished)) {
                return false;
            }
            jdbc.execute("DROP TABLE " + table);
            return true;
        });
    }

    /** Deletes what belongs to no month, before a time, in batches. */
    void dropOthersBefore(Instant time) {
        int deleted;
        do {
            deleted = jdbc.update(
                    "DELETE FROM journey_change_other WHERE ctid = ANY (ARRAY(SELECT c.ctid FROM journey_change_other c"
                            + " WHERE c.changed_at < ? AND NOT EXISTS (SELECT " + UNPUBLISHED + ") LIMIT " + BATCH
                            + "))",
                    Timestamp.from(time));
        } while (deleted == BATCH);
    }

    /** Deletes why journeys were due, settled or not, before a time. */
    void dropCausesBefore(Instant time) {
        jdbc.update("DELETE FROM due_journey WHERE due_at < ?", Timestamp.from(time));
    }

    private boolean inTurn(BooleanSupplier work) {
        return Objects.requireNonNull(transaction.execute(_ -> {
            jdbc.execute(SHORT_WAIT);
            var first = jdbc.queryForObject(
                    "SELECT pg_try_advisory_xact_lock('journey_change'::regclass::oid::bigint)", Boolean.class);
            return Boolean.TRUE.equals(first) && work.getAsBoolean();
        }));
    }

    private static String begin(YearMonth month) {
        return month.atDay(1) + "T00:00:00Z";
    }
}
