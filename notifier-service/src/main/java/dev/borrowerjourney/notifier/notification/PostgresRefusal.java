package dev.borrowerjourney.notifier.notification;

import java.sql.SQLException;
import java.util.Set;
import org.springframework.dao.DataAccessException;

/** Tells a row that the database will never keep from a database that cannot keep any now. */
final class PostgresRefusal {

    /** Classes of SQLSTATE that blame what is written, and not the state that the server is in. */
    private static final Set<String> DATA = Set.of("22", "23", "44", "54");

    private PostgresRefusal() {}

    /** Whether the database will never keep what it refused, whenever it is given again. */
    static boolean blamesData(DataAccessException refusal) {
        for (Throwable cause = refusal; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException e && e.getSQLState() != null) {
                return e.getSQLState().length() == 5
                        && DATA.contains(e.getSQLState().substring(0, 2));
            }
        }
        return false;
    }
}
