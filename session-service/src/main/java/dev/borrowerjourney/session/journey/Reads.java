package dev.borrowerjourney.session.journey;

import dev.borrowerjourney.session.database.DatabaseTrouble;
import java.time.Duration;
import java.util.concurrent.Callable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** Reads the database, and answers a caller who has waited long enough that it does not answer. */
class Reads {

    private final Scheduler blocking;
    private final Duration longestWait;

    Reads(Scheduler blocking, Duration longestWait) {
        this.blocking = blocking;
        this.longestWait = longestWait;
    }

    <T> Mono<T> read(Callable<T> query) {
        return Mono.fromCallable(query)
                .subscribeOn(blocking)
                // Whoever leaves would interrupt the thread, and an interrupted thread breaks the connection it reads
                // from.
                .cache()
                .timeout(longestWait, Mono.error(DatabaseTrouble::problem));
    }
}
