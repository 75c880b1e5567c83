package dev.borrowerjourney.sandbox.load.delivery;

import org.jspecify.annotations.Nullable;

/** Where the next delivery comes from. Asked by one thread only. */
@FunctionalInterface
public interface DeliverySource {

    /** The next delivery, each with a greater number, or null when there are no more. */
    @Nullable
    Delivery next();
}
