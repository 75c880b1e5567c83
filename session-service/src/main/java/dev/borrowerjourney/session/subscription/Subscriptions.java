package dev.borrowerjourney.session.subscription;

import dev.borrowerjourney.session.platform.HttpSubscriptions;
import dev.borrowerjourney.session.platform.PlatformProperties;
import dev.borrowerjourney.session.platform.PlatformProperties.Application;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.List;

/**
 * The applications by whether their subscription is looked after.
 *
 * @param off those without a callback URL
 */
record Subscriptions(List<Watched> watched, List<Application> off) {

    /** An application whose subscription is looked after. */
    record Watched(Upkeep upkeep, Standing standing) {}

    static Subscriptions of(
            PlatformProperties properties, HttpSubscriptions platform, MeterRegistry meters, Clock clock) {
        var watched = properties.applications().stream()
                .flatMap(application -> CallbackUrl.of(application)
                        .map(url -> new Watched(
                                new Upkeep(platform, application, url),
                                new Standing(application.applicationId(), meters, clock)))
                        .stream())
                .toList();
        var off = properties.applications().stream()
                .filter(application -> application.callbackUrl() == null)
                .toList();
        return new Subscriptions(watched, off);
    }
}
