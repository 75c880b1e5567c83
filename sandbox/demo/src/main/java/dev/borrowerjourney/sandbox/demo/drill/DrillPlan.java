package dev.borrowerjourney.sandbox.demo.drill;

import java.time.Duration;

/**
 * How hard and how long the drills are.
 *
 * @param perSecond deliveries that become due a second, whatever the answers do
 * @param calm how long everything works before a fault, and after it
 * @param down how long the broker stays away once the service has noticed
 * @param outage the same for the drill of the long outage
 * @param signedAgo how far behind the signing clock of that drill is
 * @param kills of the service
 * @param attack how long the hostile senders go on
 */
record DrillPlan(
        double perSecond,
        Duration calm,
        Duration down,
        Duration outage,
        Duration signedAgo,
        int kills,
        Duration attack) {

    private static final Duration TEN_MINUTES = Duration.ofMinutes(10);

    static DrillPlan usual() {
        return new DrillPlan(
                1_000,
                Duration.ofSeconds(10),
                Duration.ofSeconds(10),
                Duration.ofSeconds(20),
                TEN_MINUTES,
                5,
                Duration.ofSeconds(30));
    }

    /** As short as it can be and still prove something. */
    static DrillPlan quick() {
        return new DrillPlan(
                300,
                Duration.ofSeconds(2),
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                TEN_MINUTES,
                2,
                Duration.ofSeconds(8));
    }

    /** The outage really lasts ten minutes, so nothing needs to be signed with a clock that is behind. */
    DrillPlan withWholeOutage() {
        return new DrillPlan(perSecond, calm, down, TEN_MINUTES, Duration.ZERO, kills, attack);
    }
}
