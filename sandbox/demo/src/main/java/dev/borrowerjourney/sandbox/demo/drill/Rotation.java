package dev.borrowerjourney.sandbox.demo.drill;

import dev.borrowerjourney.sandbox.load.delivery.Delivery;
import dev.borrowerjourney.sandbox.load.delivery.DeliverySource;
import dev.borrowerjourney.sandbox.load.delivery.LiveDeliveries;
import dev.borrowerjourney.sandbox.load.run.LoadSettings;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Exchanges the webhook secret without a pause: nothing genuine may be refused, and the old secret must be worth nothing. */
final class Rotation implements Drill {

    /** What the service promises for a changed file. */
    private static final Duration PROMISED = Duration.ofSeconds(10);

    private static final long NEW_NUMBERS = 10_000_000;
    private static final long PROBE_NUMBERS = 20_000_000;

    @Override
    public void run(Scene scene) throws Exception {
        var secrets = scene.stage().secrets();
        var old = secrets.current();
        try (var retries = scene.load(signed(scene, old, 0))) {
            scene.awaitCalm(retries);
            var added = secrets.add("drill-" + scene.seed());
            var seen = Waiting.until(
                    "the service to know the new secret",
                    () -> scene.stage().service().knowsSecret(added.id()));
            scene.ledger().recovered(seen);
            scene.ledger().expect(seen.compareTo(PROMISED) <= 0, "the new secret was seen after " + seen);
            try (var load = scene.load(signed(scene, added, NEW_NUMBERS))) {
                secrets.switchTo(added);
                // The platform delivers again what it had signed before, for days.
                scene.awaitCalm(load);
                scene.finishRetried(retries);
                remove(scene, old);
                scene.awaitCalm(load);
                scene.finishRetried(load);
            }
        }
    }

    private static void remove(Scene scene, WebhookSecrets.Named old) throws Exception {
        scene.stage().secrets().remove(old);
        var probes = signed(scene, old, PROBE_NUMBERS);
        var gone = Waiting.until("the old secret to be refused", () -> refused(scene, probes));
        scene.ledger().recovered(gone);
        scene.ledger().expect(gone.compareTo(PROMISED) <= 0, "the old secret was refused after " + gone);
    }

    private static boolean refused(Scene scene, LiveDeliveries probes) throws IOException, InterruptedException {
        try (var load = scene.load(new Single(probes), scene.plan().perSecond(), LoadSettings.once(1))) {
            var counts = load.stop(load.awaitEnd(Duration.ofSeconds(30)) ? Duration.ZERO : Duration.ofSeconds(30));
            scene.ledger().acknowledged(load.acknowledged());
            return counts.answers().containsKey(401);
        }
    }

    private static LiveDeliveries signed(Scene scene, WebhookSecrets.Named secret, long first) {
        return new LiveDeliveries(scene.requests(), _ -> secret.value(), InstantSource.system(), first);
    }

    /** One delivery of a source. */
    private static final class Single implements DeliverySource {

        private final LiveDeliveries source;
        private boolean gone;

        Single(LiveDeliveries source) {
            this.source = source;
        }

        @Override
        public @Nullable Delivery next() {
            if (gone) {
                return null;
            }
            gone = true;
            return source.next();
        }
    }
}
