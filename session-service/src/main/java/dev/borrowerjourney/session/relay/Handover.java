package dev.borrowerjourney.session.relay;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import reactor.util.context.ContextView;

/**
 * What the straight route leaves to the whole one: a call that has been decided on already, and perhaps has failed once.
 *
 * @param failure of the first sending; null if its answer was one that the straight route cannot deal with
 */
record Handover(Admission.Decision decision, @Nullable Throwable failure) {

    static final String KEY = Handover.class.getName();

    static Optional<Handover> in(ContextView context) {
        return context.getOrEmpty(KEY);
    }

    /** Gives the call's place back, if it has one; again changes nothing. */
    void close() {
        if (decision instanceof Ticket ticket) {
            ticket.close();
        }
    }
}
