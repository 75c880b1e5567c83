package dev.borrowerjourney.sandbox.demo.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a process has used by now, as the kernel counts it.
 *
 * @param atNanos when it was looked at
 * @param cpuSeconds user and system time of all its threads
 * @param residentMegabytes its memory now
 */
public record ProcessUsage(long atNanos, double cpuSeconds, long residentMegabytes) {

    /** Linux on every architecture that a JDK 25 runs on. */
    private static final double TICKS_PER_SECOND = 100;

    private static final int USER_TICKS = 11;

    public static ProcessUsage of(long pid) {
        try {
            var process = Path.of("/proc", Long.toString(pid));
            var stat = Files.readString(process.resolve("stat"));
            // The command's name stands in brackets and may hold anything.
            var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            long ticks = Long.parseLong(fields[USER_TICKS]) + Long.parseLong(fields[USER_TICKS + 1]);
            return new ProcessUsage(System.nanoTime(), ticks / TICKS_PER_SECOND, resident(process));
        } catch (IOException e) {
            throw new UncheckedIOException("process " + pid + ": cannot be looked at", e);
        }
    }

    private static long resident(Path process) throws IOException {
        try (var lines = Files.lines(process.resolve("status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .findFirst()
                    .map(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) / 1_024)
                    .orElse(0L);
        }
    }

    /** How many cores it has kept busy on average since an earlier look. */
    double coresSince(ProcessUsage earlier) {
        return (cpuSeconds - earlier.cpuSeconds) / ((atNanos - earlier.atNanos) / 1e9);
    }
}
