package dev.borrowerjourney.sandbox.demo.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.borrowerjourney.sandbox.demo.place.OwnFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which processes this demo runs, on disk, so that the next start can end what a killed launcher left behind. Each line is
 * {@code name pid start signal}; the start time keeps a process that merely got the same pid later from harm.
 */
public final class RunFile {

    private static final String LAUNCHER = "launcher";

    /** The kernel's clock ticks and the boot time that start times are computed from are both rounded. */
    private static final Duration ROUNDING = Duration.ofSeconds(2);

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Path file;
    private final List<Entry> entries = new ArrayList<>();

    public RunFile(Path file) {
        this.file = file;
    }

    /** The launcher that runs now, if one does. */
    public Optional<ProcessHandle> launcher() {
        return read().stream()
                .filter(entry -> entry.name().equals(LAUNCHER))
                .flatMap(entry -> entry.process().stream())
                .findFirst();
    }

    /** Ends the processes that a killed launcher left, the youngest first, and returns their names. */
    public List<String> endLeftovers() {
        var ended = new ArrayList<String>();
        for (var entry : read().reversed()) {
            entry.process().ifPresent(process -> {
                entry.signal().end(process, PATIENCE);
                ended.add(entry.name() + " (pid " + process.pid() + ")");
            });
        }
        return ended;
    }

    /** Writes down that this process is the launcher. */
    public synchronized void open() {
        entries.clear();
        add(LAUNCHER, ProcessHandle.current(), StopSignal.TERM);
    }

    synchronized void add(String name, ProcessHandle process, StopSignal signal) {
        var start = process.info().startInstant().orElse(Instant.EPOCH);
        entries.add(new Entry(name, process.pid(), start, signal));
        write();
    }

    synchronized void remove(ProcessHandle process) {
        entries.removeIf(entry -> entry.pid() == process.pid());
        write();
    }

    /** Everything has ended: nothing is left to find. */
    synchronized void close() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write() {
        var lines = new StringBuilder();
        entries.forEach(entry -> lines.append(entry.line()).append('\n'));
        try {
            OwnFiles.write(file, lines.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<Entry> read() {
        try {
            return Files.exists(file)
                    ? Files.readAllLines(file, UTF_8).stream()
                            .flatMap(line -> Entry.of(line).stream())
                            .toList()
                    : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record Entry(String name, long pid, Instant start, StopSignal signal) {

        static Optional<Entry> of(String line) {
            var words = line.split(" ", -1);
            return words.length == 4
                    ? Optional.of(new Entry(
                            words[0],
                            Long.parseLong(words[1]),
                            Instant.ofEpochMilli(Long.parseLong(words[2])),
                            StopSignal.valueOf(words[3])))
                    : Optional.empty();
        }

        String line() {
            return name + " " + pid + " " + start.toEpochMilli() + " " + signal;
        }

        Optional<ProcessHandle> process() {
            return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).filter(this::sameStart);
        }

        private boolean sameStart(ProcessHandle process) {
            return process.info()
                    .startInstant()
                    .filter(now -> Duration.between(start, now).abs().compareTo(ROUNDING) <= 0)
                    .isPresent();
        }
    }
}
