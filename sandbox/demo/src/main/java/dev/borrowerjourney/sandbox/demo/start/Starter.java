package dev.borrowerjourney.sandbox.demo.start;

import dev.borrowerjourney.sandbox.demo.process.LogTail;
import dev.borrowerjourney.sandbox.demo.process.ProcessFailed;
import dev.borrowerjourney.sandbox.demo.process.Running;
import dev.borrowerjourney.sandbox.demo.process.Supervisor;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Starts parts, each as soon as those before it are ready. */
public final class Starter {

    private static final Duration PATIENCE = Duration.ofSeconds(150);
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final Supervisor supervisor;
    private final Progress progress;

    public Starter(Supervisor supervisor, Progress progress) {
        this.supervisor = supervisor;
        this.progress = progress;
    }

    /**
     * Returns once all parts are ready.
     *
     * @param parts in an order in which none comes before what it needs
     * @throws StartFailed at the first part that fails, while others may still be starting: the caller stops them
     */
    public void start(List<Part> parts) {
        var executor = Executors.newVirtualThreadPerTaskExecutor();
        try {
            var ready = new HashMap<String, CompletableFuture<Void>>();
            var waves = waves(parts);
            var failed = new CompletableFuture<Void>();
            for (var part : parts) {
                var future = allOf(ready, part)
                        .thenRunAsync(() -> begin(part, waves.getOrDefault(part.name(), 0)), (Executor) executor);
                var _ = future.whenComplete((_, failure) -> fail(failed, failure));
                ready.put(part.name(), future);
            }
            var _ = supervisor.firstDeath().thenAccept(failed::completeExceptionally);
            var all = CompletableFuture.allOf(ready.values().toArray(CompletableFuture[]::new));
            CompletableFuture.anyOf(all, failed).join();
        } catch (CompletionException e) {
            throw explained(e.getCause());
        } finally {
            executor.shutdownNow();
        }
    }

    /**
     * Starts one of the parts again while the others run; returns once it is ready.
     *
     * @throws StartFailed or ProcessFailed if it does not become ready
     */
    public void startAgain(List<Part> parts, String name) {
        var part = parts.stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("part: " + name + " (expected: one that was started)"));
        begin(part, waves(parts).getOrDefault(name, 0));
    }

    private static Map<String, Integer> waves(List<Part> parts) {
        var waves = new HashMap<String, Integer>();
        for (var part : parts) {
            int before = part.after().stream()
                    .mapToInt(name -> waves.getOrDefault(name, 0))
                    .max()
                    .orElse(0);
            waves.put(part.name(), before + 1);
        }
        return waves;
    }

    private static CompletableFuture<Void> allOf(Map<String, CompletableFuture<Void>> ready, Part part) {
        var needed = part.after().stream()
                .map(name -> {
                    var future = ready.get(name);
                    if (future == null) {
                        throw new IllegalArgumentException(
                                part.name() + ": after " + name + " (expected: a part that was named before)");
                    }
                    return future;
                })
                .toArray(CompletableFuture[]::new);
        return CompletableFuture.allOf(needed);
    }

    private static void fail(CompletableFuture<Void> failed, @Nullable Throwable failure) {
        if (failure != null) {
            failed.completeExceptionally(failure);
        }
    }

    private void begin(Part part, int wave) {
        var from = System.nanoTime();
        try {
            switch (part) {
                case Part.Server server -> begin(server, wave);
                case Part.Task task -> task.work().perform(supervisor);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartFailed(part.name() + ": interrupted", e);
        } catch (ProcessFailed | StartFailed e) {
            throw e;
        } catch (Exception e) {
            throw new StartFailed(part.name() + ": " + e.getMessage(), e);
        }
        progress.ready(part.name(), (System.nanoTime() - from) / 1_000_000);
    }

    private void begin(Part.Server server, int wave) throws Exception {
        var running = supervisor.launch(server.preparation().prepare(supervisor), server.stopSignal(), wave);
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        @Nullable Exception last = notReady(server.probe());
        while (last != null) {
            if (!running.alive()) {
                throw running.death();
            }
            if (System.nanoTime() > deadline || Thread.interrupted()) {
                throw new StartFailed(late(server, running, last), last);
            }
            LockSupport.parkNanos(PAUSE.toNanos());
            last = notReady(server.probe());
        }
    }

    private static String late(Part.Server server, Running running, Exception last) {
        return server.name() + " is not ready after " + PATIENCE.toSeconds() + " s (" + last + "); the last lines of "
                + running.log() + ":\n"
                + String.join("\n", LogTail.of(running.log(), 20));
    }

    private static @Nullable Exception notReady(Probe probe) {
        try {
            probe.ask();
            return null;
        } catch (Exception e) {
            return e;
        }
    }

    private static RuntimeException explained(@Nullable Throwable cause) {
        return switch (cause) {
            case CompletionException e -> explained(e.getCause());
            case ProcessFailed e -> new StartFailed(e.report(), e);
            case RuntimeException e -> e;
            case null, default -> new StartFailed("the start failed", cause);
        };
    }
}
