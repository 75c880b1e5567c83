package dev.borrowerjourney.projector.fault;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** What a gate was told to stop: it says when it has, and the test says what becomes of it. */
final class Catch {

    private static final long PATIENCE_SECONDS = 120;

    private final CompletableFuture<Void> caught = new CompletableFuture<>();
    private final CompletableFuture<Boolean> goesOn = new CompletableFuture<>();

    /** Waits until something is caught. */
    void await() {
        get(caught);
    }

    boolean happened() {
        return caught.isDone();
    }

    /** Lets go on what is held, and whatever comes later. */
    void release() {
        goesOn.complete(true);
    }

    /** What is held never arrives. */
    void drop() {
        goesOn.complete(false);
    }

    /** For the gate: it has caught something. */
    void caught() {
        caught.complete(null);
    }

    /** For the gate: whether nothing is to be caught any more. */
    boolean over() {
        return goesOn.isDone();
    }

    /** For the gate: waits for the test, and tells whether what is held goes on. */
    boolean hold() {
        caught();
        return get(goesOn);
    }

    private static <T> T get(CompletableFuture<T> future) {
        try {
            return future.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("the gate waited in vain", e);
        }
    }
}
