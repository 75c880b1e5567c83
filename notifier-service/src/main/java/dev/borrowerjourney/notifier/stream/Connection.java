package dev.borrowerjourney.notifier.stream;

import dev.borrowerjourney.notifier.identity.Borrower;
import dev.borrowerjourney.notifier.stream.StreamEvent.Closing;
import dev.borrowerjourney.notifier.stream.StreamEvent.Heartbeat;
import dev.borrowerjourney.notifier.stream.StreamEvent.JourneyShown;
import dev.borrowerjourney.notifier.stream.StreamEvent.Opened;
import dev.borrowerjourney.notifier.stream.StreamEvent.Ready;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;
import reactor.core.publisher.SynchronousSink;

/**
 * One open stream. Changes may come before the present state was read: they wait, so that a device first sees where it
 * stands, then that this was all, then what happened meanwhile. Thread-safe; never blocks on its reader.
 */
final class Connection {

    private final Borrower borrower;
    private final InstantSource clock;
    private final int capacity;
    private final Reconnects reconnects;
    private final BlockingQueue<StreamEvent> unread;
    private final Sinks.Many<StreamEvent> events;
    private final Sinks.Empty<Void> cut = Sinks.empty();
    private final Map<String, Long> shown = new HashMap<>();
    private final Instant openedAt;

    private @Nullable List<Update> waiting = new ArrayList<>();
    private boolean overflowed;
    private @Nullable CloseReason closeReason;
    private Instant lastWrite;
    private volatile boolean ended;

    Connection(Borrower borrower, int capacity, Reconnects reconnects, InstantSource clock) {
        this.borrower = borrower;
        this.capacity = capacity;
        this.reconnects = reconnects;
        this.clock = clock;
        this.unread = new ArrayBlockingQueue<>(capacity);
        this.events = Sinks.many().unicast().onBackpressureBuffer(unread);
        this.openedAt = clock.instant();
        this.lastWrite = openedAt;
        emit(new Opened(reconnects.afterLoss()));
    }

    Borrower borrower() {
        return borrower;
    }

    /** What the reader gets; for one reader. Ends with an error if the reader had to be cut. */
    Flux<StreamEvent> events() {
        return events.asFlux().<StreamEvent>handle(this::admit).takeUntilOther(cut.asMono());
    }

    /** Whether the update is one of this borrower in this application. */
    boolean owns(Update update) {
        return update.borrower().equals(borrower.key())
                && update.applicationId().equals(borrower.applicationId());
    }

    /** Shows a change, or keeps it until the present state was shown. */
    synchronized void accept(Update update) {
        requireOwn(update);
        if (waiting == null) {
            show(update);
        } else if (waiting.size() < capacity) {
            waiting.add(update);
        } else {
            // The reader is not to blame for a slow database: what waits is in the state that is read next.
            waiting.clear();
            overflowed = true;
        }
    }

    /**
     * Shows the present state as read after this connection was registered; on the first time also that it is complete,
     * then what waited. Returns whether that was all, or the state must be read once more.
     */
    synchronized boolean present(List<Update> state) {
        state.forEach(this::requireOwn);
        state.forEach(this::show);
        if (overflowed) {
            overflowed = false;
            return false;
        }
        if (waiting != null) {
            var waited = waiting;
            waiting = null;
            emit(new Ready());
            waited.forEach(this::show);
        }
        return true;
    }

    /** Ends the connection with a word, unless it is ending already. */
    synchronized void close(CloseReason reason) {
        if (closeReason != null) {
            return;
        }
        closeReason = reason;
        lastWrite = clock.instant();
        if (unread.remainingCapacity() == 0) {
            unread.clear();
        }
        events.tryEmitNext(new Closing(reason, reconnects.after(reason)));
        events.tryEmitComplete();
    }

    /** Lets a silent connection show that it lives; a reader that is behind needs no such sign. */
    synchronized void beat(Duration silence) {
        if (closeReason == null && unread.isEmpty() && !clock.instant().isBefore(lastWrite.plus(silence))) {
            emit(new Heartbeat());
        }
    }

    /** Cuts a closing connection whose reader did not take its last events within the grace. */
    synchronized void cutAfter(Duration grace) {
        if (closeReason != null && !clock.instant().isBefore(lastWrite.plus(grace))) {
            unread.clear();
            cut.tryEmitError(new ReaderCutException(closeReason));
        }
    }

    /** Marks that nobody reads any more. */
    void end() {
        ended = true;
    }

    boolean ended() {
        return ended;
    }

    boolean expired() {
        return !clock.instant().isBefore(borrower.until());
    }

    /** Why this service ended the connection, or null if it did not. */
    synchronized @Nullable CloseReason closeReason() {
        return closeReason;
    }

    /** Whether nobody came to read although the connection was opened that long ago. */
    boolean abandoned(Duration patience) {
        return events.currentSubscriberCount() == 0 && !clock.instant().isBefore(openedAt.plus(patience));
    }

    private void show(Update update) {
        if (update.version() > shown.getOrDefault(update.journeyId(), 0L) && emit(new JourneyShown(update))) {
            shown.put(update.journeyId(), update.version());
        }
    }

    private boolean emit(StreamEvent event) {
        if (closeReason != null) {
            return false;
        }
        lastWrite = clock.instant();
        return switch (events.tryEmitNext(event)) {
            case OK -> true;
            // The second is the answer where nobody reads yet.
            case FAIL_OVERFLOW, FAIL_ZERO_SUBSCRIBER -> {
                close(CloseReason.SLOW);
                yield false;
            }
            case FAIL_TERMINATED, FAIL_CANCELLED, FAIL_NON_SERIALIZED -> false;
        };
    }

    /** The last look before an event is written: it may have waited for a slow reader until the token ended. */
    private void admit(StreamEvent event, SynchronousSink<StreamEvent> written) {
        if (event instanceof JourneyShown(var update)) {
            requireOwn(update);
            if (expired()) {
                written.next(expiring());
                written.complete();
                return;
            }
        }
        written.next(event);
    }

    private synchronized Closing expiring() {
        closeReason = CloseReason.TOKEN_EXPIRED;
        return new Closing(CloseReason.TOKEN_EXPIRED, reconnects.after(CloseReason.TOKEN_EXPIRED));
    }

    /** A connection must never show what is another borrower's, whatever mistake brought it here. */
    private void requireOwn(Update update) {
        if (!owns(update)) {
            throw new IllegalStateException("An update came to a connection of another borrower.");
        }
    }
}
