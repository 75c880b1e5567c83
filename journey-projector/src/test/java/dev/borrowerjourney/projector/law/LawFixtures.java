package dev.borrowerjourney.projector.law;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Observations in one line; times are seconds, received long after. */
final class LawFixtures {

    private static final Instant RECEIVED = at(100_000);

    private LawFixtures() {}

    static Instant at(long second) {
        return Instant.ofEpochSecond(second);
    }

    static Observation core(@Nullable Long sequence, long time, String core) {
        return webhook(sequence, time, core, null);
    }

    static Observation details(@Nullable Long sequence, long time, String details) {
        return webhook(sequence, time, null, details);
    }

    static Observation webhook(@Nullable Long sequence, long time, @Nullable String core, @Nullable String details) {
        return new Observation(
                core == null ? null : Content.of(core),
                details == null ? null : Content.of(details),
                Timing.webhook(sequence, at(time), null, RECEIVED),
                new Provenance(Source.WEBHOOK, "event", RECEIVED),
                false);
    }

    static Observation poll(long updatedAt, String core) {
        return poll(updatedAt, updatedAt + 1, core);
    }

    static Observation poll(long updatedAt, long answeredAt, String core) {
        return new Observation(
                Content.of(core),
                null,
                Timing.poll(at(updatedAt), at(answeredAt), Duration.ofSeconds(1), RECEIVED),
                new Provenance(Source.POLL, "poll", RECEIVED),
                false);
    }

    static Observation settlingPoll(long sequence, long time, String core) {
        return new Observation(
                Content.of(core),
                null,
                Timing.settlingPoll(sequence, at(time + 1), Duration.ofSeconds(1), RECEIVED),
                new Provenance(Source.POLL, "poll", RECEIVED),
                true);
    }

    /** The same said once more, in a record of its own. */
    static Observation redelivered(Observation observation) {
        var provenance = observation.provenance();
        return new Observation(
                observation.core(),
                observation.details(),
                observation.timing(),
                new Provenance(
                        provenance.source(),
                        provenance.eventId(),
                        provenance.receivedAt().plusSeconds(60)),
                observation.settling());
    }

    static String status(Journey journey) {
        return journey.visible().orElseThrow().core().content().canonical();
    }
}
