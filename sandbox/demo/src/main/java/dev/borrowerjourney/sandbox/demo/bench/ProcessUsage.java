package dev.borrowerjourney.sandbox.demo.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

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
            var process = Path.of("/proc", Long.toString(pid));
            return new ProcessUsage(
                    System.nanoTime(), ticks(process, USER_TICKS) / TICKS_PER_SECOND, resident(process));
        } catch (IOException e) {
            throw new UncheckedIOException("process " + pid + ": cannot be looked at", e);
        }
    }

    /** CPU seconds of a process and of those that it began, ended ones included; these begin none themselves. */
    static double cpuSecondsWithChildren(long pid) throws IOException {
        var process = Path.of("/proc", Long.toString(pid));
        double ticks = ticks(process, USER_TICKS) + ticks(process, ENDED_CHILDREN_USER_TICKS);
        for (var child : children(pid)) {
            try {
                ticks += ticks(Path.of("/proc", child), USER_TICKS);
            } catch (NoSuchFileException _) {
                // It has just ended, and is counted among those at the next look.
            }
        }
        return ticks / TICKS_PER_SECOND;
    }

    private static List<String> children(long pid) throws IOException {
        var children = Files.readString(Path.of("/proc/%d/task/%d/children".formatted(pid, pid)));
        return Pattern.compile(" ")
                .splitAsStream(children)
                .filter(child -> !child.isBlank())
                .toList();
    }

    /** User and system time, which stand side by side. */
    private static long ticks(Path process, int first) throws IOException {
        var stat = Files.readString(process.resolve("stat"));
        // The command's name stands in brackets and may hold anything.
        var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return Long.parseLong(fields[first]) + Long.parseLong(fields[first + 1]);
    }

    /** Of a process together with those that it began, and they. */
    static ProcessUsage ofTree(ProcessHandle root) {
        var parts = Stream.concat(Stream.of(root), root.descendants())
                .map(each -> of(each.pid()))
                .toList();
        return new ProcessUsage(
                System.nanoTime(),
                parts.stream().mapToDouble(ProcessUsage::cpuSeconds).sum(),
                parts.stream().mapToLong(ProcessUsage::residentMegabytes).sum());
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
