package dev.borrowerjourney.notifier.identity;

import java.time.Instant;

/** Opens one stream in place of a token. */
record Ticket(String ticket, Instant expiresAt) {

    /** Hides the ticket. */
    @Override
    public String toString() {
        return "Ticket[***]";
    }
}
