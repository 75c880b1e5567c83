package dev.borrowerjourney.session.database;

import com.zaxxer.hikari.SQLExceptionOverride;
import java.sql.SQLException;
import java.util.stream.Stream;

/**
 * A database that refuses to write: the primary of before a failover, most of the time. The pool gives such a connection up,
 * since the next one may lead to the primary of now.
 */
public final class PostgresReadOnly implements SQLExceptionOverride {

    /** {@code read_only_sql_transaction} of PostgreSQL's appendix A. */
    private static final String STATE = "25006";

    static boolean is(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .anyMatch(cause -> cause instanceof SQLException e && STATE.equals(e.getSQLState()));
    }

    @java.lang.Override
    public Override adjudicate(SQLException failure) {
        return STATE.equals(failure.getSQLState()) ? Override.MUST_EVICT : Override.CONTINUE_EVICT;
    }
}
