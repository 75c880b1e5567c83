package dev.borrowerjourney.session.reconciliation;

import com.github.benmanes.caffeine.cache.Cache;
import dev.borrowerjourney.schemas.borrower.BorrowerKey;
import dev.borrowerjourney.session.identity.Borrower;
import dev.borrowerjourney.session.memory.Memory;
import dev.borrowerjourney.session.platform.ToldJourney;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
    private final Intake intake;
    private final Pacing pacing;
    private final Visits visits;
    private final Callers callers;
    private final ReconciliationMetrics metrics;
    private final BlockingQueue<Left> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
    private final Cache<UUID, PostgresFeed.Owner> owners;
    private final Cache<String, Told> repeated;

    Incoming(Tools tools, ReconciliationMetrics metrics) {
        this.feed = tools.feed();
        this.watched = tools.watched();
        this.intake = tools.intake();
        this.pacing = tools.pacing();
        this.visits = tools.visits();
        this.callers = tools.callers();
        this.metrics = metrics;
        this.owners = Memory.ofAtMost(MOST_REMEMBERED)
                .expireAfterAccess(Duration.ofMinutes(30))
                .build();
        this.repeated =
                Memory.ofAtMost(MOST_REMEMBERED).expireAfterWrite(REPEATED).build();
    }

    /** What it works with. */
    record Tools(
            PostgresFeed feed, PostgresWatched watched, Intake intake, Pacing pacing, Visits visits, Callers callers) {}

    @Override
    public void visited(Borrower borrower, UUID platformSessionId) {
        callers.called(borrower.key());
        if (!visits.add(borrower.applicationId(), platformSessionId)) {
            metrics.dropped();
        }
        leave(new Left.Visit(borrower.key()));
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
        leave(new Left.Action(platformSessionId));
    }

    @Override
    public void resumed(BorrowerKey borrower, String journeyId) {
        callers.called(borrower);
        leave(new Left.Resumption(borrower));
    }

    @Override
    public void told(UUID platformSessionId, List<ToldJourney> journeys, String correlationId, String traceparent) {
        for (var journey : journeys) {
            var repetition = platformSessionId + journey.journeyId();
            if (!Told.of(journey).equals(repeated.getIfPresent(repetition))) {
                repeated.put(repetition, Told.of(journey));
                leave(new Left.Passing(platformSessionId, journey, correlationId, traceparent));
            }
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
            var left = new ArrayList<Left>();
            while (!Thread.currentThread().isInterrupted()) {
                left.add(waiting.take());
                waiting.drainTo(left, MOST_AT_ONCE - 1);
                workOff(left);
                left.clear();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /** Actions come last, because an answer tells of the journey that its action began. */
    private void workOff(List<Left> left) {
        var passing = new ArrayList<Left.Passing>();
        var actions = new ArrayList<Runnable>();
        for (var each : left) {
            switch (each) {
                case Left.Passing told -> passing.add(told);
                case Left.Visit(var borrower) -> work(() -> feed.visited(borrower));
                case Left.Action(var session) -> actions.add(() -> ownerActed(session));
                case Left.Resumption(var borrower) -> actions.add(() -> feed.acted(borrower));
            }
        }
        hear(passing);
        actions.forEach(this::work);
    }

    /** All at once, or each by itself where that fails: what cannot be kept of one is not the others' loss. */
    private void hear(List<Left.Passing> passing) {
        if (passing.isEmpty()) {
            return;
        }
        try {
            intake.hear(heard(passing));
        } catch (RuntimeException e) {
            LOG.debug("What passed through is taken in one by one.", e);
            passing.forEach(each -> work(() -> intake.hear(heard(List.of(each)))));
        }
    }

    private List<Heard> heard(List<Left.Passing> passing) {
        var found = owners(passing.stream().map(Left.Passing::platformSessionId).collect(Collectors.toSet()));
        var heard = new ArrayList<Heard>();
        for (var each : passing) {
            var owner = found.get(each.platformSessionId());
            if (owner != null) {
                heard.add(each.to(owner));
            }
        }
        return heard;
    }

    /** Whose platform sessions these are; nobody knows that of one that is gone. */
    private Map<UUID, PostgresFeed.Owner> owners(Set<UUID> platformSessionIds) {
        return owners.getAll(platformSessionIds, asked -> feed.ownersOf(Set.copyOf(asked)));
    }

    private void ownerActed(UUID platformSessionId) {
        owners(Set.of(platformSessionId)).values().forEach(owner -> feed.acted(owner.borrower()));
    }

    private void work(Runnable left) {
        try {
            left.run();
        } catch (RuntimeException e) {
            metrics.dropped();
            LOG.debug("What passed through is not kept; the next look makes it good.", e);
        }
    }

    private void leave(Left left) {
        if (!waiting.offer(left)) {
            metrics.dropped();
        }
    }

    /** What a caller left to be dealt with. */
    private sealed interface Left {

        /** A borrower has come. */
        record Visit(BorrowerKey borrower) implements Left {}

        /** A call that may have changed something was answered. */
        record Action(UUID platformSessionId) implements Left {}

        /** A borrower went on with a journey. */
        record Resumption(BorrowerKey borrower) implements Left {}

        /** An answer spoke of a journey. */
        record Passing(UUID platformSessionId, ToldJourney journey, String correlationId, String traceparent)
                implements Left {

            Heard to(PostgresFeed.Owner owner) {
                return new Heard(
                        new Snapshots.Source(owner.applicationId(), owner.borrower(), correlationId, traceparent),
                        journey);
            }
        }
    }
}
