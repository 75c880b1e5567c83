package dev.borrowerjourney.sandbox.demo.drill;

import dev.borrowerjourney.sandbox.load.run.WebhookLoad;
import java.time.Duration;

/** Kills the broker under load and brings it back: the service must say 503 and not ready, and take everything afterwards. */
final class BrokerAway implements Drill {

    @Override
    public void run(Scene scene) throws Exception {
        try (var load = scene.load(scene.genuine())) {
            scene.awaitCalm(load);
            breakFor(scene, load, scene.plan().down());
            scene.awaitCalm(load);
            scene.finishRetried(load);
        }
    }

    /** Recovery is the time from the broker's readiness to the first acknowledgement. */
    static void breakFor(Scene scene, WebhookLoad load, Duration down) throws Exception {
        var service = scene.stage().service();
        scene.stage().kill(Stage.BROKER);
        Waiting.until("the service to be not ready", () -> !service.ready());
        Waiting.until("a delivery to be postponed", () -> load.counts().repeated() > 0);
        scene.pass(load, down);
        var returned = scene.startAgain(Stage.BROKER, load);
        scene.ledger().recovered(returned.sinceReady());
        Waiting.until("the service to be ready again", service::ready);
    }
}
