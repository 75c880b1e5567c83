package dev.borrowerjourney.sandbox.demo.bench;

/** A run that proves nothing: its figures must not be believed. */
final class BenchFailed extends RuntimeException {
    BenchFailed(String message) {
        super(message);
    }
}
