package dev.borrowerjourney.projector.fault;

import java.util.List;
import java.util.Objects;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** All that the projector keeps, as of one moment; put back at once, as a failover that loses commits does. */
final class Backup {

    private static final List<String> TABLES =
            List.of("projection_offset", "journey", "journey_change", "dead_letter", "due_journey");

    private final JdbcTemplate jdbc;
    private final TransactionTemplate atOnce;

    private Backup(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
        this.atOnce =
                new TransactionTemplate(new DataSourceTransactionManager(Objects.requireNonNull(jdbc.getDataSource())));
        atOnce.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
    }

    static Backup take(Ground ground) {
        var backup = new Backup(ground.owner());
        backup.atOnce.executeWithoutResult(_ -> TABLES.forEach(backup::copy));
        return backup;
    }

    void restore() {
        // Not of a moment before the lock, or it would not see what it has to take away.
        atOnce.setIsolationLevel(TransactionDefinition.ISOLATION_READ_COMMITTED);
        atOnce.executeWithoutResult(_ -> {
            jdbc.execute("LOCK TABLE projection_offset IN EXCLUSIVE MODE");
            TABLES.forEach(this::putBack);
        });
    }

    private void copy(String table) {
        jdbc.execute("DROP TABLE IF EXISTS backup_of_" + table);
        jdbc.execute("CREATE TABLE backup_of_" + table + " AS TABLE " + table);
    }

    private void putBack(String table) {
        jdbc.execute("DELETE FROM " + table);
        var columns = columns(table);
        jdbc.execute("INSERT INTO " + table + " (" + columns + ") SELECT " + columns + " FROM backup_of_" + table);
    }

    private String columns(String table) {
        return String.join(", ", jdbc.queryForList("""
                SELECT attname FROM pg_attribute
                WHERE attrelid = ?::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''
                """, String.class, table));
    }
}
