package dev.borrowerjourney.sandbox.demo.drill;

import dev.borrowerjourney.sandbox.load.delivery.DeliverySource;
import dev.borrowerjourney.sandbox.load.delivery.LiveDeliveries;
import dev.borrowerjourney.sandbox.load.run.Counts;
import dev.borrowerjourney.sandbox.load.run.LoadSettings;
import dev.borrowerjourney.sandbox.load.run.WebhookLoad;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.SplittableRandom;

/** Forged, oversized and endless deliveries beside genuine ones: only the latter leave a trace, and memory stays bounded. */
final class HostileSenders implements Drill {

    /** The demo's heap of 192 MB, as much again outside it, and the virtual machine's own. */
    private static final long MOST_MEGABYTES = 560;

    private static final int CONNECTIONS = 16;
    private static final long FLIPPED_NUMBERS = 10_000_000;
    private static final long FOREIGN_NUMBERS = 20_000_000;
    private static final Duration LOOK = Duration.ofMillis(200);
    private static final Duration LAST_ANSWERS = Duration.ofSeconds(30);

    @Override
    public void run(Scene scene) throws Exception {
        try (var load = scene.load(scene.genuine())) {
            scene.awaitCalm(load);
            attack(scene, load);
            scene.finishRetried(load);
        }
    }

    private static void attack(Scene scene, WebhookLoad load) throws IOException, InterruptedException {
        double perSecond = scene.plan().perSecond() / 2;
        try (var flipped = scene.load(flipped(scene), perSecond, LoadSettings.once(CONNECTIONS));
                var foreign = scene.load(foreign(scene), perSecond, LoadSettings.once(CONNECTIONS));
                var uploads = HostileUploads.start(scene.stage())) {
            long resident = watchMemory(scene, load);
            scene.ledger().figure("residentMegabytes", resident);
            scene.ledger()
                    .expect(
                            resident <= MOST_MEGABYTES,
                            "memory: " + resident + " MB (expected: at most " + MOST_MEGABYTES + ")");
            refused(scene, "flipped", flipped.stop(LAST_ANSWERS));
            refused(scene, "foreign", foreign.stop(LAST_ANSWERS));
            uploads.enter(scene.ledger());
        }
    }

    private static long watchMemory(Scene scene, WebhookLoad load) throws InterruptedException {
        long until = System.nanoTime() + scene.plan().attack().toNanos();
        long most = 0;
        while (System.nanoTime() < until) {
            scene.pass(load, LOOK);
            most = Math.max(most, scene.stage().residentMegabytes());
        }
        return most;
    }

    private static void refused(Scene scene, String kind, Counts counts) {
        scene.ledger().figure(kind, counts.begun());
        scene.ledger()
                .expect(counts.answers().containsKey(401), "no " + kind + " delivery was refused: " + counts.answers());
        counts.answers().forEach((status, count) -> {
            if (status != 401 && status != 429) {
                scene.ledger().wrong(count, kind + " deliveries answered with " + status);
            }
        });
    }

    /** Signed by the right secret, and then changed in one bit of the body. */
    private static DeliverySource flipped(Scene scene) {
        var random = new SplittableRandom(scene.seed());
        var secret = scene.stage().secrets().current().value();
        var source = new LiveDeliveries(scene.requests(), _ -> secret, InstantSource.system(), FLIPPED_NUMBERS);
        return () -> Objects.requireNonNull(source.next()).withFlippedBit(random.nextInt(1 << 20));
    }

    private static DeliverySource foreign(Scene scene) {
        var secret = scene.stage().secrets().fresh();
        return new LiveDeliveries(scene.requests(), _ -> secret, InstantSource.system(), FOREIGN_NUMBERS);
    }
}
