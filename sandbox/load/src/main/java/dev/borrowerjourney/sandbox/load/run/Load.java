package dev.borrowerjourney.sandbox.load.run;

import dev.borrowerjourney.sandbox.load.delivery.DeliverySource;
import dev.borrowerjourney.sandbox.load.delivery.RepeatedRequests;
import dev.borrowerjourney.sandbox.load.delivery.RequestWriter;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A run of requests against one server. It begins at once and ends when its source does, or when it is stopped. */
public sealed class Load implements AutoCloseable permits WebhookLoad {

    private static final int OK = 200;

    private final Tally tally;
    private final SendLoop loop;
    private final CompletableFuture<Void> end;
    private long windowBegan = System.nanoTime();
    private long acknowledgedBefore;

    Load(
            InetSocketAddress server,
            RequestWriter requests,
            DeliverySource source,
            Pace pace,
            LoadSettings settings,
            Tally tally)
            throws IOException {
        int mostWaiting = settings.retrying() ? settings.mostWaiting() : 0;
        var work = new Work(source, pace, mostWaiting, tally, System.nanoTime());
        this.tally = tally;
        this.loop = new SendLoop(server, requests, settings, work, tally);
        this.end = CompletableFuture.runAsync(
                loop, task -> Thread.ofPlatform().daemon().name("load").start(task));
    }

    /** Requests of which each is to be answered with 200. */
    public static Load start(InetSocketAddress server, RepeatedRequests requests, Pace pace, LoadSettings settings)
            throws IOException {
        return new Load(server, requests, requests, pace, settings, new Tally(OK));
    }

    /**
     * Waits.
     *
     * @return whether the run has ended, everything answered
     */
    public final boolean awaitEnd(Duration most) throws InterruptedException {
        try {
            end.get(most.toNanos(), TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException _) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException("the generator failed", e.getCause());
        }
    }

    /** What happened since the last call, or since the start. */
    public final synchronized Window window() {
        long now = System.nanoTime();
        long acknowledged = tally.acknowledgements();
        var window = new Window(
                acknowledged - acknowledgedBefore,
                (now - windowBegan) / 1e9,
                tally.latencyInterval(),
                tally.latenessInterval());
        windowBegan = now;
        acknowledgedBefore = acknowledged;
        return window;
    }

    public final Counts counts() {
        return tally.counts();
    }

    /** Begins nothing new, waits for the answers to what was begun, and gives up what is unanswered after the patience. */
    public final Counts stop(Duration patience) throws InterruptedException {
        loop.stop(patience);
        if (!awaitEnd(patience.plusSeconds(60))) {
            throw new IllegalStateException("the generator did not end");
        }
        return tally.counts();
    }

    final boolean ended() {
        return end.isDone();
    }

    @Override
    public final void close() {
        loop.stop(Duration.ZERO);
        end.handle((_, _) -> true).join();
    }
}
