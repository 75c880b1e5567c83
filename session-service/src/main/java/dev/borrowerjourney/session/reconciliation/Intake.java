package dev.borrowerjourney.session.reconciliation;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes in what answers told: publishes what is news, keeps what repeats, and has looked at what does not say since when it
 * is so. Many at a time, because after a pause most of what is told is news. Blocks.
 */
final class Intake {

    private static final Logger LOG = LoggerFactory.getLogger(Intake.class);

    private final PostgresFeed feed;
    private final Snapshots snapshots;
    private final LogCircuit log;
    private final Pacing pacing;
    private final ReconciliationProperties settings;
    private final ReconciliationMetrics metrics;
    private final Clock clock;

    Intake(
            PostgresFeed feed,
            Snapshots snapshots,
            LogCircuit log,
            Pacing pacing,
            ReconciliationProperties settings,
            ReconciliationMetrics metrics,
            Clock clock) {
        this.feed = feed;
        this.snapshots = snapshots;
        this.log = log;
        this.pacing = pacing;
        this.settings = settings;
        this.metrics = metrics;
        this.clock = clock;
    }

    /** Takes in what was told, of one journey in this order; fails while the database is away. */
    void hear(List<Heard> told) {
        var left = told;
        while (!left.isEmpty()) {
            var first = new LinkedHashMap<String, Heard>();
            var later = new ArrayList<Heard>();
            for (var heard : left) {
                if (first.putIfAbsent(heard.journeyKey(), heard) != null) {
                    later.add(heard);
                }
            }
            hearOnce(first.values());
            left = later;
        }
    }

    /** Of each journey one thing. Most of what is told where many call repeats what is known. */
    private void hearOnce(Collection<Heard> told) {
        var repeated = feed.repeated(fed(told, Heard::isDated), settings.republishAfter());
        var left = told.stream()
                .filter(heard -> !repeated.contains(heard.journeyKey()))
                .toList();
        if (!left.isEmpty()) {
            hearNews(left);
        }
    }

    private void hearNews(List<Heard> told) {
        var known = feed.published(told.stream().map(Heard::journeyKey).toList(), settings.republishAfter());
        Predicate<Heard> isKnown = heard -> heard.told().equals(known.get(heard.journeyKey()));
        var published = publish(
                told.stream().filter(Heard::isDated).filter(isKnown.negate()).toList());
        feed.told(fed(told, published::contains), true);
        feed.told(fed(told, isKnown.and(Heard::isDated)), false);
        // A look also tells when it became so, and orders it rightly among the webhooks.
        feed.look(fed(told, isKnown.or(published::contains).negate()));
    }

    private List<Fed> fed(Collection<Heard> told, Predicate<Heard> which) {
        return told.stream().filter(which).map(this::fed).toList();
    }

    private Fed fed(Heard heard) {
        var pause = pacing.pause(Pace.of(heard.told().status()), false, true);
        return new Fed(
                heard.source().borrower(),
                heard.source().applicationId(),
                heard.journey().journeyId(),
                heard.told(),
                clock.instant(),
                pause.orElse(null));
    }

    /** Returns what the log has. While it is away it is not waited for each time, because others wait behind. */
    private Set<Heard> publish(List<Heard> news) {
        var published = new HashSet<Heard>();
        var sent = new LinkedHashMap<Heard, Snapshots.Sent>();
        try {
            for (var heard : news.subList(0, log.allowed(news.size()))) {
                sent.put(heard, snapshots.send(heard.source(), heard.journey(), null));
            }
            for (var each : sent.entrySet()) {
                each.getValue().await();
                published.add(each.getKey());
                metrics.published(false);
            }
            if (!published.isEmpty()) {
                log.closed();
            }
        } catch (Snapshots.NotPublished e) {
            log.opened();
            metrics.unpublished();
            LOG.debug("What passed through could not be published; its journeys are looked at.", e);
        }
        return published;
    }
}
