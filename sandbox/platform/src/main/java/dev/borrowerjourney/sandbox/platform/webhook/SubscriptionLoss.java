package dev.borrowerjourney.sandbox.platform.webhook;

import dev.borrowerjourney.sandbox.platform.SandboxPlatformProperties;
import dev.borrowerjourney.sandbox.platform.Switch;
import dev.borrowerjourney.sandbox.platform.Switches;
import dev.borrowerjourney.sandbox.platform.clock.Alarms;
import dev.borrowerjourney.sandbox.platform.clock.PlatformClock;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.stereotype.Component;

/** Removes every subscription again and again, as somebody at the platform's console might. */
@Component
class SubscriptionLoss {

    private final AtomicLong generation = new AtomicLong();
    private final Subscriptions subscriptions;
    private final SandboxPlatformProperties properties;
    private final Alarms alarms;
    private final PlatformClock clock;

    SubscriptionLoss(
            Switches switches,
            Subscriptions subscriptions,
            SandboxPlatformProperties properties,
            Alarms alarms,
            PlatformClock clock) {
        this.subscriptions = subscriptions;
        this.properties = properties;
        this.alarms = alarms;
        this.clock = clock;
        switches.whenSet(state -> begin(state.amount(Switch.SUBSCRIPTION_LOSS_MILLIS), generation.incrementAndGet()));
    }

    private void begin(long everyMillis, long mine) {
        if (everyMillis > 0) {
            alarms.at(clock.now().plusMillis(everyMillis), () -> {
                if (generation.get() == mine) {
                    properties.applications().forEach(one -> subscriptions.set(one.applicationId(), null));
                    begin(everyMillis, mine);
                }
            });
        }
    }
}
