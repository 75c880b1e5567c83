package dev.borrowerjourney.projector.model;

import dev.borrowerjourney.projector.law.Anomalies;
import dev.borrowerjourney.projector.law.Cause;
import dev.borrowerjourney.projector.law.Content;
import dev.borrowerjourney.projector.law.Journey;
import dev.borrowerjourney.projector.law.Observation;
import dev.borrowerjourney.projector.law.Provenance;
import dev.borrowerjourney.projector.law.Source;
import dev.borrowerjourney.projector.law.Timing;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One journey from its first state until long after its last one, in the order of true time. */
final class Run {

    private static final Instant START = Instant.parse("2026-03-05T10:00:00Z");
    private static final long SETTLE_AFTER = 2_000;
    private static final long UNCHANGED_FOR = 300_000;

    private final Anomalies anomalies = new Anomalies(Platform::over);
    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparingLong(Event::at).thenComparingLong(Event::number));
    private final Set<Cause> causes = new HashSet<>();
    private final Trouble trouble;
    private final Settling settling;
    private final Random random;
    private final Platform platform;
    private Journey journey = Journey.UNKNOWN;
    private @Nullable Content published;
    private long publishedAt;
    private boolean due;
    private boolean asked;
    private @Nullable Long settles;
    private long number;
    private int stepsBack;
    private int settlingPolls;

    private record Event(long at, long number, Action action) {}

    @FunctionalInterface
    private interface Action {
        void at(long now);
    }

    /**
     * How a journey went.
     *
     * @param stepsBack how often an older state became visible after a newer one
     * @param right whether the state visible in the end is the last one
     */
    record Outcome(int stepsBack, boolean right, int settlingPolls) {}

    private Run(Trouble trouble, boolean updatedAt, Settling settling, long seed) {
        this.trouble = trouble;
        this.settling = settling;
        this.random = new Random(seed);
        this.platform = new Platform(trouble, updatedAt, random);
    }

    static Outcome of(Trouble trouble, boolean updatedAt, Settling settling, long seed) {
        return new Run(trouble, updatedAt, settling, seed).play();
    }

    private Outcome play() {
        platform.webhooks().forEach(this::deliver);
        pollNowAndThen();
        while (!events.isEmpty()) {
            var event = events.remove();
            event.action().at(event.at());
        }
        return new Outcome(stepsBack, visible(journey) == platform.last().index(), settlingPolls);
    }

    /** One in ten is lost, one in ten is late, one in five comes twice, and half of those are made anew. */
    private void deliver(Platform.Webhook webhook) {
        int fate = random.nextInt(20);
        if (fate >= 2) {
            at(webhook.at() + delay(), now -> hear(webhook, now));
        }
        if (fate >= 16) {
            long again = webhook.at() + delay() + random.nextInt(30_000);
            at(again, now -> hear(fate >= 18 ? platform.rebuilt(webhook, now) : webhook, now));
        }
    }

    private long delay() {
        return random.nextInt(10) == 0 ? 1_000 + random.nextInt(60_000) : 20 + random.nextInt(600);
    }

    /** Two borrowers in three look at their journey all the time, the others come back when all is over. */
    private void pollNowAndThen() {
        long end = platform.last().at();
        if (random.nextInt(3) > 0) {
            for (long at = random.nextInt(5_000); at < end; at += 2_000 + random.nextInt(15_000)) {
                at(at, this::poll);
            }
        }
        at(end + 120_000, this::poll);
        at(end + 450_000, this::poll);
        at(end + 800_000, this::poll);
    }

    private void poll(long now) {
        at(now + way(), there -> {
            var answer = platform.read(there);
            at(there + way(), back -> hear(answer, Duration.ofMillis(back - now), back));
        });
    }

    private void settle(long now, @Nullable Long sequence) {
        at(now + way(), there -> {
            var answer = platform.read(there);
            at(there + way(), back -> {
                var roundTrip = Duration.ofMillis(back - now);
                if (settling == Settling.BESIDE_ORDINARY && answer.updatedAt() != null) {
                    hear(answer, roundTrip, back);
                }
                hearSettling(answer, sequence, roundTrip, back);
                asked = false;
                settleLater(back);
            });
        });
    }

    private long way() {
        return 10L + random.nextInt(200);
    }

    private void hear(Platform.Webhook webhook, long now) {
        take(
                now,
                webhook.state().content(),
                Timing.webhook(
                        webhook.sequence(), stamped(webhook.generatedAt()), stamped(webhook.eventAt()), receipt(now)),
                new Provenance(Source.WEBHOOK, webhook.eventId(), receipt(now)),
                false);
    }

    /** An unchanged answer is not recorded again for five minutes. */
    private void hear(Platform.Answer answer, Duration roundTrip, long now) {
        var content = answer.state().content();
        if (content.equals(published) && now - publishedAt < UNCHANGED_FOR) {
            return;
        }
        published = content;
        publishedAt = now;
        take(
                now,
                content,
                Timing.poll(stamped(answer.updatedAt()), stamped(answer.timestamp()), roundTrip, receipt(now)),
                new Provenance(Source.POLL, "poll", receipt(now)),
                false);
    }

    private void hearSettling(Platform.Answer answer, @Nullable Long sequence, Duration roundTrip, long now) {
        settlingPolls++;
        take(
                now,
                answer.state().content(),
                Timing.settlingPoll(sequence, stamped(answer.timestamp()), roundTrip, receipt(now)),
                new Provenance(Source.POLL, "settling", receipt(now)),
                true);
    }

    private void take(long now, Content content, Timing timing, Provenance provenance, boolean isSettling) {
        var observation = new Observation(content, null, timing, provenance, isSettling);
        var before = journey;
        journey = journey.observe(observation);
        if (visible(journey) < visible(before)) {
            stepsBack++;
        }
        for (var cause : anomalies.of(before, observation, journey)) {
            if (causes.add(cause) && settling != Settling.NEVER) {
                becomeDue(now);
            }
        }
    }

    /** Causes that come together are settled by one poll, which carries the greatest of their sequences. */
    private void becomeDue(long now) {
        var sequence = journey.settles();
        if (settles == null || (sequence != null && sequence > settles)) {
            settles = sequence;
        }
        due = true;
        settleLater(now);
    }

    private void settleLater(long from) {
        at(from + SETTLE_AFTER + random.nextInt(500), now -> {
            if (due && !asked) {
                var sequence = settles;
                settles = null;
                due = false;
                asked = true;
                settle(now, sequence);
            }
        });
    }

    private static int visible(Journey journey) {
        return journey.visible()
                .map(state -> Platform.index(state.core().content()))
                .orElse(-1);
    }

    private Instant receipt(long now) {
        return START.plusMillis(now + trouble.ourSkewMillis());
    }

    private static @Nullable Instant stamped(@Nullable Long stamp) {
        return stamp == null ? null : START.plusMillis(stamp);
    }

    private void at(long at, Action action) {
        events.add(new Event(at, number++, action));
    }
}
