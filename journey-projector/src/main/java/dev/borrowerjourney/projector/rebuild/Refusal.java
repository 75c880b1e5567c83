package dev.borrowerjourney.projector.rebuild;

/** A command cannot be done as things are; the message says what stands in the way and what to do about it. */
final class Refusal extends RuntimeException {

    Refusal(String message) {
        super(message);
    }
}
