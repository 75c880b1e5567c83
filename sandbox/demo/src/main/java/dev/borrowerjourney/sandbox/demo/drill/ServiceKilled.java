package dev.borrowerjourney.sandbox.demo.drill;

import dev.borrowerjourney.sandbox.load.run.WebhookLoad;
import java.time.Duration;
import java.util.SplittableRandom;

/** Kills the service under load, again and again: what it has acknowledged must be in the log, and nothing else may be gone. */
final class ServiceKilled implements Drill {

    @Override
    public void run(Scene scene) throws Exception {
        var random = new SplittableRandom(scene.seed());
        try (var load = scene.load(scene.genuine())) {
            for (int i = 0; i < scene.plan().kills(); i++) {
                scene.awaitCalm(load);
                scene.pass(load, Duration.ofMillis(random.nextInt(500)));
                kill(scene, load);
            }
            scene.awaitCalm(load);
            scene.finishRetried(load);
        }
    }

    /** Recovery is the time from the start of the new process to its first acknowledgement. */
    private static void kill(Scene scene, WebhookLoad load) throws Exception {
        scene.stage().kill(Stage.SERVICE);
        scene.ledger().recovered(scene.startAgain(Stage.SERVICE, load).acknowledged());
    }
}
