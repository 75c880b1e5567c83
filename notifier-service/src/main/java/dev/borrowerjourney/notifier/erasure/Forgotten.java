package dev.borrowerjourney.notifier.erasure;

/**
 * How much was kept of a borrower.
 *
 * @param preferences what was turned off, and the quiet hours
 * @param notifications what the devices were told of by push, or were to be told
 */
record Forgotten(
        long devices, long preferences, long notifications, long acknowledgements, long tickets, long openStreams) {

    boolean nothing() {
        return devices + preferences + notifications + acknowledgements + tickets + openStreams == 0;
    }
}
