package dev.borrowerjourney.sandbox.load.run;

import dev.borrowerjourney.sandbox.load.delivery.DeliverySource;
import dev.borrowerjourney.sandbox.load.delivery.SnapshotRequests;
import dev.borrowerjourney.sandbox.load.verification.Ids;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A run of deliveries against one receiver. It begins at once and ends when its source does, or when it is stopped. */
public final class WebhookLoad implements AutoCloseable {

    static final int ACKNOWLEDGED = 202;

    private final SnapshotRequests requests;
    private final Tally tally;
    private final SendLoop loop;
    private final CompletableFuture<Void> end;
    private long windowBegan = System.nanoTime();
    private long acknowledgedBefore;

    private WebhookLoad(SnapshotRequests requests, Tally tally, SendLoop loop) {
        this.requests = requests;
        this.tally = tally;
        this.loop = loop;
        this.end = CompletableFuture.runAsync(
                loop, task -> Thread.ofPlatform().daemon().name("webhook-load").start(task));
    }

    public static WebhookLoad start(
            InetSocketAddress receiver,
            SnapshotRequests requests,
            DeliverySource source,
            Pace pace,
            LoadSettings settings)
            throws IOException {
        var tally = new Tally();
        int mostWaiting = settings.retrying() ? settings.mostWaiting() : 0;
        var work = new Work(source, pace, mostWaiting, tally, System.nanoTime());
        return new WebhookLoad(requests, tally, new SendLoop(receiver, requests.copy(), settings, work, tally));
    }

    /**
     * Waits.
     *
     * @return whether the run has ended, every delivery answered
     */
    public boolean awaitEnd(Duration most) throws InterruptedException {
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
    public synchronized Window window() {
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

    public Counts counts() {
        return tally.counts();
    }

    /** Begins nothing new, waits for the answers to what was begun, and gives up what is unanswered after the patience. */
    public Counts stop(Duration patience) throws InterruptedException {
        loop.stop(patience);
        if (!awaitEnd(patience.plusSeconds(60))) {
            throw new IllegalStateException("the generator did not end");
        }
        return tally.counts();
    }

    /** The event ids of all acknowledged deliveries, once the run has ended. */
    public Ids acknowledged() {
        if (!end.isDone()) {
            throw new IllegalStateException(
                    "acknowledged ids: asked for while the run goes on (expected: after its end)");
        }
        var ids = new Ids();
        tally.acknowledged().stream().forEach(number -> ids.add(requests.eventId(number)));
        return ids;
    }

    @Override
    public void close() {
        loop.stop(Duration.ZERO);
        end.handle((_, _) -> true).join();
    }
}
