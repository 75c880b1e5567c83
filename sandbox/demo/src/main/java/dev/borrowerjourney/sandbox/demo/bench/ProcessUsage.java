package dev.borrowerjourney.sandbox.demo.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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
    private static final int ENDED_CHILDREN_USER_TICKS = 13;

    public static ProcessUsage of(long pid) {
        try {
            var process = directory(pid);
            return new ProcessUsage(
                    System.nanoTime(), ticks(process, USER_TICKS) / TICKS_PER_SECOND, resident(process));
        } catch (IOException e) {
            throw new UncheckedIOException("process " + pid + ": cannot be looked at", e);
        }
    }

    /** User and system time, which stand side by side. */
    private static long ticks(Path process, int first) throws IOException {
        var stat = Files.readString(process.resolve("stat"));
        // The command's name stands in brackets and may hold anything.
        var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return Long.parseLong(fields[first]) + Long.parseLong(fields[first + 1]);
    }

    /** Of a process together with those that it began, and they; of children that have ended, what they used. */
    static ProcessUsage ofTree(ProcessHandle root) {
        var parts = new ArrayList<>(List.of(of(root.pid())));
        root.descendants().forEach(each -> ofLiving(each).ifPresent(parts::add));
        return new ProcessUsage(
                System.nanoTime(),
                endedChildrenSeconds(root.pid())
                        + parts.stream().mapToDouble(ProcessUsage::cpuSeconds).sum(),
                parts.stream().mapToLong(ProcessUsage::residentMegabytes).sum());
    }

    /** Nothing of one that ends just now: it is among the ended ones at the next look. */
    private static Optional<ProcessUsage> ofLiving(ProcessHandle process) {
        try {
            return Optional.of(of(process.pid()));
        } catch (UncheckedIOException e) {
            if (process.isAlive()) {
                throw e;
            }
            return Optional.empty();
        }
    }

    private static double endedChildrenSeconds(long pid) {
        try {
            return ticks(directory(pid), ENDED_CHILDREN_USER_TICKS) / TICKS_PER_SECOND;
        } catch (IOException e) {
            throw new UncheckedIOException("process " + pid + ": cannot be looked at", e);
        }
    }

    private static Path directory(long pid) {
        return Path.of("/proc", Long.toString(pid));
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
