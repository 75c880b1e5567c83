package dev.borrowerjourney.sandbox.load.run;

import dev.borrowerjourney.sandbox.load.delivery.Delivery;

/**
 * A delivery that is due.
 *
 * @param dueNanos when this sending is due
 * @param firstDueNanos when the delivery was due first: what its latency counts from
 */
record Attempt(Delivery delivery, long dueNanos, long firstDueNanos) {

    static Attempt first(Delivery delivery, long dueNanos) {
        return new Attempt(delivery, dueNanos, dueNanos);
    }

    Attempt again(long nanos) {
        return new Attempt(delivery, nanos, firstDueNanos);
    }
}
