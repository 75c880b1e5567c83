package dev.borrowerjourney.projector.law;

import dev.borrowerjourney.projector.oracle.Oracle;
import dev.borrowerjourney.projector.oracle.Said;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Between the words of the oracle and those of the law. */
final class SaidObservations {

    private SaidObservations() {}

    static Journey observe(Journey journey, List<Said> log) {
        var now = journey;
        for (var said : log) {
            now = now.observe(observation(said));
        }
        return now;
    }

    static Observation observation(Said said) {
        var receivedAt = Instant.ofEpochMilli(said.receivedAt());
        return new Observation(
                content(said.core()),
                content(said.details()),
                timing(said, receivedAt),
                new Provenance(Source.valueOf(said.kind().name()), said.eventId(), receivedAt),
                said.settling());
    }

    static Oracle.@Nullable Holding holding(@Nullable Register register) {
        if (register == null) {
            return null;
        }
        var time = register.time();
        return new Oracle.Holding(
                register.timing().sequence(),
                time == null ? null : time.toEpochMilli(),
                register.content().canonical(),
                Said.Kind.valueOf(register.provenance().source().name()),
                register.provenance().eventId(),
                register.provenance().receivedAt().toEpochMilli());
    }

    static @Nullable String visible(Journey journey) {
        return journey.visible()
                .map(state -> state.core().content().canonical() + "/"
                        + (state.details() == null
                                ? "-"
                                : state.details().content().canonical()))
                .orElse(null);
    }

    private static Timing timing(Said said, Instant receivedAt) {
        var roundTrip = Duration.ofMillis(said.roundTrip());
        if (said.kind() == Said.Kind.WEBHOOK) {
            return Timing.webhook(
                    said.sequence(), instant(said.snapshotGeneratedAt()), instant(said.eventAt()), receivedAt);
        }
        return said.settling()
                ? Timing.settlingPoll(said.sequence(), instant(said.answeredAt()), roundTrip, receivedAt)
                : Timing.poll(instant(said.updatedAt()), instant(said.answeredAt()), roundTrip, receivedAt);
    }

    private static @Nullable Instant instant(@Nullable Long millis) {
        return millis == null ? null : Instant.ofEpochMilli(millis);
    }

    private static @Nullable Content content(@Nullable String canonical) {
        return canonical == null ? null : Content.of(canonical);
    }
}
