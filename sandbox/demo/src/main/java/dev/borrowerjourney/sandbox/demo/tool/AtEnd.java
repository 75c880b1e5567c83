package dev.borrowerjourney.sandbox.demo.tool;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;

/** Puts something right at the end of a command, whether it comes by itself or by Ctrl-C. */
final class AtEnd implements AutoCloseable {

    /** What is put right. */
    interface Right {
        void put() throws IOException, InterruptedException;
    }

    private final AtomicBoolean done = new AtomicBoolean();
    private final Right right;
    private final Thread hook;

    AtEnd(Right right) {
        this.right = right;
        this.hook = Thread.ofPlatform().unstarted(this::stopped);
        Runtime.getRuntime().addShutdownHook(hook);
    }

    private void stopped() {
        try {
            put();
            System.out.flush();
            // Somebody asked for the end, so nothing failed.
            Runtime.getRuntime().halt(0);
        } catch (IOException e) {
            System.err.println("could not be put right: " + e.getMessage());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void put() throws IOException, InterruptedException {
        if (done.compareAndSet(false, true)) {
            right.put();
        }
    }

    @Override
    public void close() throws IOException {
        try {
            put();
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException _) {
            // The hook runs already.
            done.set(true);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
