package dev.borrowerjourney.projector;

import java.sql.Connection;
import java.sql.SQLException;

/** Holds a partition's offset row, so that its owner waits in the database, until it is closed. */
public final class OffsetLock implements AutoCloseable {

    private final Connection holder;

    public OffsetLock(Connection holder, int partition) throws SQLException {
        this.holder = holder;
        holder.setAutoCommit(false);
        try (var lock = holder.createStatement()) {
            lock.execute("SELECT FROM projection_offset WHERE partition = %d FOR UPDATE".formatted(partition));
        }
    }

    /** How many sessions wait for this one. */
    public int waiters() throws SQLException {
        try (var query = holder.createStatement();
                var count = query.executeQuery("""
                        SELECT count(*) FROM pg_stat_activity WHERE pg_backend_pid() = ANY (pg_blocking_pids(pid))
                        """)) {
            count.next();
            return count.getInt(1);
        }
    }

    @Override
    public void close() throws SQLException {
        holder.rollback();
        holder.close();
    }
}
