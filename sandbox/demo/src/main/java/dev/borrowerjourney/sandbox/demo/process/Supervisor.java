package dev.borrowerjourney.sandbox.demo.process;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Starts processes, notices the first that dies, and ends all of them, none before those that need it. Thread-safe: what is asked to start
 * while all is being ended is not started.
 */
public final class Supervisor implements AutoCloseable {

    /** Longer than a service's own graceful shutdown may reasonably take in a demo. */
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    /** Longer than all that a service promises to finish first. */
    private static final Duration LONG_PATIENCE = Duration.ofMinutes(1);

    private final RunFile runFile;
    private final List<Running> running = new ArrayList<>();
    private final Set<Running> expected = new HashSet<>();
    private final CompletableFuture<ProcessFailed> firstDeath = new CompletableFuture<>();
    private final BlockingQueue<Running> deaths = new LinkedBlockingQueue<>();
    private final Object closing = new Object();
    private boolean closed;

    public Supervisor(RunFile runFile) {
        this.runFile = runFile;
    }

    /**
     * Starts a process that is to stay.
     *
     * @param wave above the waves of all processes that it needs
     */
    public Running launch(Launch launch, StopSignal stopSignal, int wave) {
        var started = start(launch, stopSignal, wave);
        var _ = started.process().onExit().thenRun(() -> died(started));
        return started;
    }

    /**
     * Runs a process to its end.
     *
     * @throws ProcessFailed if it ends with another code than 0
     */
    public void runToEnd(Launch launch) throws InterruptedException {
        var started = start(launch, StopSignal.TERM, Integer.MAX_VALUE);
        int code = started.process().waitFor();
        forget(started);
        if (code != 0) {
            throw new ProcessFailed(launch.name(), "ended with code " + code, launch.log());
        }
    }

    /** Ends one process as a power cut would, by SIGKILL; returns once it is gone. The others go on. */
    public void kill(Running one) {
        expect(one);
        one.process().destroyForcibly().onExit().join();
        died(one);
    }

    /**
     * Asks one process to end in good order, and insists if it does not. The others go on.
     *
     * @return the code that it ended with
     */
    public int end(Running one) {
        expect(one);
        one.stopSignal().end(one.process().toHandle(), LONG_PATIENCE);
        var ended = one.process().onExit().join();
        died(one);
        return ended.exitValue();
    }

    /** Completes with the first process that ends without being asked. */
    public CompletableFuture<ProcessFailed> firstDeath() {
        return firstDeath;
    }

    /** Waits for the next process that ends without being asked; each is told once. */
    public Running awaitDeath() throws InterruptedException {
        return deaths.take();
    }

    /** What runs now, in the order of starting. */
    public synchronized List<Running> running() {
        return List.copyOf(running);
    }

    /** Ends everything, the last wave first; returns once all is gone, also for a second caller. */
    @Override
    public void close() {
        synchronized (closing) {
            stopStarting().stream()
                    .collect(Collectors.groupingBy(Running::wave, TreeMap::new, Collectors.toList()))
                    .reversed()
                    .values()
                    .forEach(Supervisor::end);
            runFile.close();
        }
    }

    private static void end(List<Running> wave) {
        try (var together = Executors.newVirtualThreadPerTaskExecutor()) {
            wave.forEach(each ->
                    together.execute(() -> each.stopSignal().end(each.process().toHandle(), PATIENCE)));
        }
    }

    private synchronized List<Running> stopStarting() {
        closed = true;
        var all = List.copyOf(running);
        running.clear();
        return all;
    }

    private synchronized Running start(Launch launch, StopSignal stopSignal, int wave) {
        if (closed) {
            throw new IllegalStateException(launch.name() + ": not started, because everything is being stopped");
        }
        try {
            Files.createDirectories(launch.directory());
            keepPreviousLog(launch);
            // A session of its own: Ctrl-C reaches the launcher alone, which then ends the processes in good order.
            var command = Stream.concat(Stream.of("setsid"), launch.command().stream())
                    .toList();
            var process = new ProcessBuilder(command)
                    .directory(launch.directory().toFile())
                    .redirectErrorStream(true)
                    .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                    .redirectOutput(launch.log().toFile())
                    .start();
            var started = new Running(launch.name(), process, launch.log(), stopSignal, wave);
            running.add(started);
            runFile.add(launch.name(), process.toHandle(), stopSignal);
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(launch.name() + ": not started", e);
        }
    }

    private static void keepPreviousLog(Launch launch) throws IOException {
        var log = launch.log();
        var directory = log.getParent();
        if (directory != null) {
            Files.createDirectories(directory);
        }
        if (Files.exists(log)) {
            Files.move(log, log.resolveSibling(launch.name() + ".previous.log"), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private synchronized void expect(Running one) {
        expected.add(one);
    }

    private synchronized void died(Running dead) {
        if (running.remove(dead)) {
            runFile.remove(dead.process().toHandle());
            if (!expected.remove(dead)) {
                firstDeath.complete(dead.death());
                deaths.add(dead);
            }
        }
    }

    private synchronized void forget(Running ended) {
        if (running.remove(ended)) {
            runFile.remove(ended.process().toHandle());
        }
    }
}
