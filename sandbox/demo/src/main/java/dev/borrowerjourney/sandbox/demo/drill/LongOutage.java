package dev.borrowerjourney.sandbox.demo.drill;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.borrowerjourney.sandbox.load.delivery.LiveDeliveries;
import dev.borrowerjourney.sandbox.load.verification.Ids;
import java.time.Duration;
import java.time.InstantSource;

/**
 * Retries keep their first timestamp and signature, so after a long outage they come later than the freshness tolerance:
 * all of them must be taken, and marked as late.
 */
final class LongOutage implements Drill {

    /** The service's default. */
    private static final Duration TOLERANCE = Duration.ofMinutes(5);

    @Override
    public void run(Scene scene) throws Exception {
        var secret = scene.stage().secrets().current().value();
        var clock = InstantSource.offset(
                InstantSource.system(), scene.plan().signedAgo().negated());
        try (var load = scene.load(new LiveDeliveries(scene.requests(), _ -> secret, clock, 0))) {
            scene.awaitCalm(load);
            BrokerAway.breakFor(scene, load, scene.plan().outage());
            scene.awaitCalm(load);
            scene.finishRetried(load);
            check(scene, load.acknowledged());
        }
    }

    private static void check(Scene scene, Ids acknowledged) {
        var found = new long[2];
        scene.stage().times().forEach(times -> {
            if (acknowledged.count(times.eventId().getBytes(UTF_8)) > 0) {
                var signedAt = times.signedAt();
                boolean expected = signedAt != null
                        && Duration.between(signedAt, times.receivedAt()).compareTo(TOLERANCE) > 0;
                found[0] += expected ? 1 : 0;
                found[1] += expected == times.late() ? 0 : 1;
            }
        });
        scene.ledger().figure("late", found[0]);
        scene.ledger().expect(found[0] > 0, "nothing came late, so nothing is proved");
        scene.ledger().wrong(found[1], "records with a wrong mark of lateness");
    }
}
