package dev.borrowerjourney.sandbox.demo.drill;

import dev.borrowerjourney.sandbox.load.delivery.DeliverySource;
import dev.borrowerjourney.sandbox.load.delivery.LiveDeliveries;
import dev.borrowerjourney.sandbox.load.delivery.SnapshotRequests;
import dev.borrowerjourney.sandbox.load.run.Counts;
import dev.borrowerjourney.sandbox.load.run.LoadSettings;
import dev.borrowerjourney.sandbox.load.run.Pace;
import dev.borrowerjourney.sandbox.load.run.WebhookLoad;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;

/**
 * One drill's setting.
 *
 * @param seed of ids, borrowers, arrivals and of what the drill chooses itself
 */
record Scene(Stage stage, DrillPlan plan, long seed, Ledger ledger) {

    private static final int CONNECTIONS = 128;
    private static final Duration LAST_RETRIES = Duration.ofSeconds(90);
    private static final Duration MOMENT = Duration.ofMillis(200);

    /** How long a part took to be ready, and the service to acknowledge something again, both from the part's start. */
    record Return(Duration ready, Duration acknowledged) {

        Duration sinceReady() {
            var since = acknowledged.minus(ready);
            return since.isNegative() ? Duration.ZERO : since;
        }
    }

    SnapshotRequests requests() {
        return stage.requests(seed);
    }

    /** Deliveries signed as they are sent, with the present secret. */
    LiveDeliveries genuine() {
        var secret = stage.secrets().current().value();
        return new LiveDeliveries(requests(), _ -> secret, InstantSource.system(), 0);
    }

    /** Open loop; what is not answered for good is sent again, the very same bytes. */
    WebhookLoad load(DeliverySource source) throws IOException {
        return load(source, plan.perSecond(), LoadSettings.retrying(CONNECTIONS));
    }

    WebhookLoad load(DeliverySource source, double perSecond, LoadSettings settings) throws IOException {
        return WebhookLoad.start(stage.receiver(), requests(), source, new Pace.Open(perSecond, seed), settings);
    }

    /** Lets the load go on for a while. */
    void pass(WebhookLoad load, Duration time) throws InterruptedException {
        if (load.awaitEnd(time)) {
            throw new DrillFailed("the load ended before it was stopped");
        }
    }

    /** Until the service acknowledges at its usual rate: before that, breaking something proves little. */
    void awaitCalm(WebhookLoad load) throws Exception {
        long enough = (long) (plan.perSecond() * plan.calm().toMillis() / 1_000 / 2);
        long from = load.counts().acknowledged();
        pass(load, plan.calm());
        Waiting.until(enough + " acknowledgements", () -> load.counts().acknowledged() - from > enough);
    }

    /** Begins nothing new, waits for the answers to everything begun, and enters them into the ledger. */
    Counts finish(WebhookLoad load) throws InterruptedException {
        var counts = load.stop(LAST_RETRIES);
        ledger.genuine(load, counts);
        return counts;
    }

    /** As {@link #finish}; a delivery whose fate is unknown at the end has not been retried to its end. */
    Counts finishRetried(WebhookLoad load) throws InterruptedException {
        var counts = finish(load);
        ledger.expect(
                counts.unanswered() == 0,
                counts.unanswered() + " deliveries without a final answer, the last because of: "
                        + counts.lastFailure());
        return counts;
    }

    /** Starts a part again, and waits until it is ready and the service acknowledges. */
    Return startAgain(String part, WebhookLoad load) throws Exception {
        // Answers that were on their way when the part died are no sign of life.
        pass(load, MOMENT);
        long before = load.counts().acknowledged();
        long from = System.nanoTime();
        var ready = CompletableFuture.supplyAsync(() -> {
            stage.startAgain(part);
            return Duration.ofNanos(System.nanoTime() - from);
        });
        Waiting.until(
                "an acknowledgement after the return of " + part,
                () -> load.counts().acknowledged() > before || ready.isCompletedExceptionally());
        var acknowledged = Duration.ofNanos(System.nanoTime() - from);
        return new Return(ready.join(), acknowledged);
    }
}
