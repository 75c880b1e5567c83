package dev.borrowerjourney.projector.deadletter;

import dev.borrowerjourney.projector.deadletter.PostgresDeadLetterUpkeep.Kind;
import dev.borrowerjourney.projector.projection.PoisonReason;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;

/** Tells once a minute how many dead letters there are, and removes those that were kept long enough. */
final class DeadLettersJob {

    private static final Logger LOG = LoggerFactory.getLogger(DeadLettersJob.class);
    private static final int BATCH = 200;

    private final PostgresDeadLetterUpkeep letters;
    private final DeadLetterProperties settings;
    private final MultiGauge kept;
    private final AtomicLong oldestOpen = new AtomicLong();
    private final Counter pruned;

    DeadLettersJob(PostgresDeadLetterUpkeep letters, DeadLetterProperties settings, MeterRegistry meters) {
        this.letters = letters;
        this.settings = settings;
        this.kept = MultiGauge.builder("projector.dead-letters.kept")
                .description("Dead letters in the database")
                .register(meters);
        Gauge.builder("projector.dead-letters.oldest-open", oldestOpen, AtomicLong::get)
                .baseUnit("seconds")
                .register(meters);
        this.pruned = meters.counter("projector.dead-letters.pruned");
        show(Map.of());
    }

    /** After a failure the last counts stay. */
    @Scheduled(fixedDelayString = "PT1M")
    void look() {
        try {
            show(letters.counts());
            oldestOpen.set(letters.oldestOpen().toSeconds());
        } catch (DataAccessException e) {
            LOG.warn("Dead letters could not be counted: {}", e.getClass().getSimpleName());
        }
    }

    /** In small transactions, so that nobody waits for the rows of one. */
    @Scheduled(fixedDelayString = "PT10M", initialDelayString = "PT1M")
    void prune() {
        try {
            int removed;
            do {
                removed = letters.prune(settings.retention(), settings.decidedRetention(), BATCH);
                pruned.increment(removed);
            } while (removed == BATCH);
        } catch (DataAccessException e) {
            LOG.warn("Old dead letters could not be removed: {}", e.getClass().getSimpleName());
        }
    }

    /** Every series is there from the start, so that an alert finds its zero. */
    private void show(Map<Kind, Long> found) {
        var reasons = new TreeSet<String>();
        Arrays.stream(PoisonReason.values()).map(Enum::name).forEach(reasons::add);
        found.keySet().forEach(kind -> reasons.add(kind.reason()));
        var rows = new ArrayList<MultiGauge.Row<?>>();
        for (var reason : reasons) {
            for (var state : State.values()) {
                rows.add(MultiGauge.Row.of(
                        Tags.of("reason", low(reason), "state", low(state.name())),
                        found.getOrDefault(new Kind(reason, state), 0L)));
            }
        }
        kept.register(rows, true);
    }

    private static String low(String constant) {
        return constant.toLowerCase(Locale.ROOT);
    }
}
