package dev.borrowerjourney.projector.projection;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;

/** Looks once a minute for how many journeys news should come, so that a scrape never waits for the database. */
final class ActiveJourneysJob {

    private static final Logger LOG = LoggerFactory.getLogger(ActiveJourneysJob.class);

    private final Supplier<Map<UUID, Long>> counts;
    private final MultiGauge gauge;

    ActiveJourneysJob(Supplier<Map<UUID, Long>> counts, MeterRegistry meters) {
        this.counts = counts;
        this.gauge = MultiGauge.builder("projector.journeys.active")
                .description("Journeys that the platform should say something of")
                .register(meters);
    }

    /** After a failure the last counts stay. */
    @Scheduled(fixedDelayString = "PT1M")
    void look() {
        try {
            gauge.register(
                    counts.get().entrySet().stream()
                            .map(count -> MultiGauge.Row.of(
                                    Tags.of("application", count.getKey().toString()), count.getValue()))
                            .toList(),
                    true);
        } catch (DataAccessException e) {
            LOG.warn("Active journeys could not be counted: {}", e.getClass().getSimpleName());
        }
    }
}
