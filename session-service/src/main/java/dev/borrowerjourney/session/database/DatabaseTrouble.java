package dev.borrowerjourney.session.database;

import dev.borrowerjourney.defaults.problem.ProblemException;
import dev.borrowerjourney.session.problem.HttpProblem;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.transaction.CannotCreateTransactionException;

/** Tells a database that is slow, away, read-only or about to change hands from a fault of ours. */
public final class DatabaseTrouble {

    private static final long LEAST_SECONDS = 1;
    private static final long MOST_SECONDS = 4;

    private DatabaseTrouble() {}

    /** Whether the same call may succeed once the database is well. */
    public static boolean is(Throwable failure) {
        return switch (failure) {
            case DataAccessResourceFailureException _,
                    TransientDataAccessException _,
                    RecoverableDataAccessException _,
                    CannotCreateTransactionException _ -> true;
            default -> PostgresReadOnly.is(failure);
        };
    }

    /** What the caller is told. Spread, so that they do not all come back in one moment. */
    public static ProblemException problem() {
        return HttpProblem.DATABASE_UNAVAILABLE
                .because("The database does not answer in time. Try again; a mutation under the same Idempotency-Key.")
                .retryAfter(Duration.ofSeconds(ThreadLocalRandom.current().nextLong(LEAST_SECONDS, MOST_SECONDS + 1)));
    }
}
