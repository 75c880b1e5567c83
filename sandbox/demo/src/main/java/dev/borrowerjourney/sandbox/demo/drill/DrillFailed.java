package dev.borrowerjourney.sandbox.demo.drill;

/** A drill could not go on: something that must happen did not. */
final class DrillFailed extends RuntimeException {
    DrillFailed(String message) {
        super(message);
    }
}
