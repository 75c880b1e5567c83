package dev.borrowerjourney.sandbox.demo.bench;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** What the kernel has taken and not written yet: gigabytes of one run would be written during the next one. */
final class UnwrittenPages {

    private static final long PATIENCE_MINUTES = 3;

    private UnwrittenPages() {}

    /** Returns once all is on the disk, so that every run begins alike. */
    static void write() throws IOException, InterruptedException {
        var sync = new ProcessBuilder("sync").inheritIO().start();
        if (!sync.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
            sync.destroyForcibly();
            throw new BenchFailed("sync: no end within " + PATIENCE_MINUTES + " min, the disk is too slow or too busy");
        }
    }
}
