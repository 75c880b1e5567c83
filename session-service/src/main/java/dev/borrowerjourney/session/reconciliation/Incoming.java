package dev.borrowerjourney.session.reconciliation;

import com.github.benmanes.caffeine.cache.Cache;
import dev.borrowerjourney.defaults.correlation.Correlation;
import dev.borrowerjourney.schemas.borrower.BorrowerKey;
import dev.borrowerjourney.session.identity.Borrower;
import dev.borrowerjourney.session.memory.Memory;
import dev.borrowerjourney.session.platform.ToldJourney;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes in what passes through. A caller leaves it and goes on; what does not fit, or cannot be kept because the database is
 * away, is counted and left to the looks.
 */
final class Incoming implements Observations {

    private static final Logger LOG = LoggerFactory.getLogger(Incoming.class);
    private static final int MOST_WAITING = 10_000;
    private static final int MOST_AT_ONCE = 500;
    private static final int MOST_REMEMBERED = 50_000;

    /** An answer that only repeats is noted this often. */
    private static final Duration REPEATED = Duration.ofSeconds(5);

    private final PostgresFeed feed;
    private final PostgresWatched watched;
    private final Snapshots snapshots;
    private final Pacing pacing;
    private final Visits visits;
    private final Callers callers;
    private final LogCircuit log;
    private final ReconciliationProperties settings;
    private final ReconciliationMetrics metrics;
    private final Clock clock;
    private final BlockingQueue<Runnable> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
    private final Cache<UUID, PostgresFeed.Owner> owners;
    private final Cache<String, Told> repeated;

    Incoming(Tools tools, ReconciliationProperties settings, ReconciliationMetrics metrics, Clock clock) {
        this.feed = tools.feed();
        this.watched = tools.watched();
        this.snapshots = tools.snapshots();
        this.pacing = tools.pacing();
        this.visits = tools.visits();
        this.callers = tools.callers();
        this.log = tools.log();
        this.settings = settings;
        this.metrics = metrics;
        this.clock = clock;
        this.owners = Memory.ofAtMost(MOST_REMEMBERED)
                .expireAfterAccess(Duration.ofMinutes(30))
                .build();
        this.repeated =
                Memory.ofAtMost(MOST_REMEMBERED).expireAfterWrite(REPEATED).build();
    }

    /** What it works with. */
    record Tools(
            PostgresFeed feed,
            PostgresWatched watched,
            Snapshots snapshots,
            Pacing pacing,
            Visits visits,
            Callers callers,
            LogCircuit log) {}

    @Override
    public void visited(Borrower borrower, UUID platformSessionId) {
        callers.called(borrower.key());
        if (!visits.add(borrower.applicationId(), platformSessionId)) {
            metrics.dropped();
        }
        leave(() -> feed.visited(borrower.key()));
    }

    @Override
    public void called(BorrowerKey borrower) {
        callers.called(borrower);
    }

    @Override
    public void called(UUID platformSessionId) {
        callers.called(platformSessionId);
    }

    @Override
    public void acted(UUID platformSessionId) {
        leave(() -> ownerOf(platformSessionId).ifPresent(owner -> feed.acted(owner.borrower())));
    }

    @Override
    public void resumed(BorrowerKey borrower, String journeyId) {
        callers.called(borrower);
        leave(() -> feed.acted(borrower));
    }

    @Override
    public void told(UUID platformSessionId, List<ToldJourney> journeys, String correlationId, String traceparent) {
        for (var journey : journeys) {
            var repetition = platformSessionId + journey.journeyId();
            if (!Told.of(journey).equals(repeated.getIfPresent(repetition))) {
                repeated.put(repetition, Told.of(journey));
                leave(new Heard(platformSessionId, journey, correlationId, traceparent));
            }
        }
    }

    /** Keeps what was told of a journey, and publishes it unless it is known. */
    void hear(PostgresFeed.Owner owner, ToldJourney journey, String correlationId) {
        var told = Told.of(journey);
        var key = owner.borrower().journeyKey(journey.journeyId());
        var known = feed.passed(key, settings.republishAfter()).known(told);
        if (journey.updatedAt() == null) {
            // When it became so is not said; a look tells, and orders it rightly among the webhooks.
            if (!known) {
                feed.look(owner, journey.journeyId(), Pace.of(told.status()));
            }
            return;
        }
        if (!known && !published(owner, journey, correlationId)) {
            feed.look(owner, journey.journeyId(), Pace.of(told.status()));
            return;
        }
        feed.told(fed(owner, journey), !known);
    }

    private Fed fed(PostgresFeed.Owner owner, ToldJourney journey) {
        var told = Told.of(journey);
        var pause = pacing.pause(Pace.of(told.status()), false, true);
        return new Fed(
                owner.borrower(),
                owner.applicationId(),
                journey.journeyId(),
                told,
                clock.instant(),
                pause.orElse(null));
    }

    /** False if the log is away; it is not waited for each time, because others wait behind. */
    private boolean published(PostgresFeed.Owner owner, ToldJourney journey, String correlationId) {
        if (log.allowed(1) == 0) {
            return false;
        }
        try {
            snapshots.publish(
                    new Snapshots.Source(owner.applicationId(), owner.borrower(), correlationId), journey, null);
            log.closed();
            metrics.published(false);
            return true;
        } catch (Snapshots.NotPublished e) {
            log.opened();
            metrics.unpublished();
            LOG.debug("What passed through could not be published; its journey is looked at.", e);
            return false;
        }
    }

    /** Takes in changes of the read model; fails while the database is away. */
    void changed(List<Changed> changes) {
        var borrowers =
                changes.stream().map(change -> change.borrower().value()).collect(Collectors.toSet());
        var watching = watched.among(borrowers);
        feed.changed(changes.stream().map(change -> fed(change, watching)).toList());
    }

    private Fed fed(Changed change, Set<String> watching) {
        var pause = pacing.pause(
                Pace.of(change.state().status()),
                false,
                watching.contains(change.borrower().value()));
        return new Fed(
                change.borrower(),
                change.applicationId(),
                change.journeyId(),
                change.state(),
                change.at(),
                pause.orElse(null));
    }

    /** Works off what was left, until it is interrupted. */
    void run() {
        try {
            var left = new ArrayList<Runnable>();
            while (!Thread.currentThread().isInterrupted()) {
                left.add(waiting.take());
                waiting.drainTo(left, MOST_AT_ONCE);
                workOff(left);
                left.clear();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /** Most of what waits where many call repeats what is known, and that is kept in one statement. */
    private void workOff(List<Runnable> left) {
        var unheard = new ArrayList<>(left);
        work(() -> unheard.removeAll(repetitions(left)));
        unheard.forEach(this::work);
    }

    private Set<Heard> repetitions(List<Runnable> left) {
        var owned = new HashMap<String, Heard>();
        var told = new ArrayList<Fed>();
        for (var each : left) {
            if (each instanceof Heard heard && heard.journey().updatedAt() != null) {
                ownerOf(heard.platformSessionId()).ifPresent(owner -> {
                    // Of two for one journey the second is heard by itself.
                    if (owned.putIfAbsent(
                                    owner.borrower().journeyKey(heard.journey().journeyId()), heard)
                            == null) {
                        told.add(fed(owner, heard.journey()));
                    }
                });
            }
        }
        if (told.size() < 2) {
            return Set.of();
        }
        owned.keySet().retainAll(feed.repeated(told, settings.republishAfter()));
        return Set.copyOf(owned.values());
    }

    private void work(Runnable left) {
        try {
            left.run();
        } catch (RuntimeException e) {
            metrics.dropped();
            LOG.debug("What passed through is not kept; the next look makes it good.", e);
        }
    }

    /** An answer spoke of a journey. */
    private final class Heard implements Runnable {

        private final UUID platformSessionId;
        private final ToldJourney journey;
        private final String correlationId;
        private final String traceparent;

        Heard(UUID platformSessionId, ToldJourney journey, String correlationId, String traceparent) {
            this.platformSessionId = platformSessionId;
            this.journey = journey;
            this.correlationId = correlationId;
            this.traceparent = traceparent;
        }

        UUID platformSessionId() {
            return platformSessionId;
        }

        ToldJourney journey() {
            return journey;
        }

        @Override
        public void run() {
            try (var _ = Correlation.enter(correlationId, traceparent)) {
                ownerOf(platformSessionId).ifPresent(owner -> hear(owner, journey, correlationId));
            }
        }
    }

    private void leave(Runnable work) {
        if (!waiting.offer(work)) {
            metrics.dropped();
        }
    }

    private Optional<PostgresFeed.Owner> ownerOf(UUID platformSessionId) {
        var known = owners.getIfPresent(platformSessionId);
        if (known != null) {
            return Optional.of(known);
        }
        var found = feed.ownerOf(platformSessionId);
        found.ifPresent(owner -> owners.put(platformSessionId, owner));
        return found;
    }
}
