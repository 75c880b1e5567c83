package dev.borrowerjourney.projector.law;

import static org.assertj.core.api.Assertions.assertThat;

import dev.borrowerjourney.projector.oracle.Oracle;
import dev.borrowerjourney.projector.oracle.Said;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

/** Small domains on purpose: nearly every log holds ties of sequence, time, content and provenance. */
class LawPropertiesTest {

    @Property(tries = 3000)
    void holdsWhatTheOracleSays(@ForAll("logs") List<Said> log) {
        var journey = observe(Journey.UNKNOWN, log);

        assertThat(holding(journey.core().sequenced())).isEqualTo(Oracle.coreSequenced(log));
        assertThat(holding(journey.core().timed())).isEqualTo(Oracle.coreTimed(log));
        assertThat(holding(journey.details().sequenced())).isEqualTo(Oracle.detailsSequenced(log));
        assertThat(holding(journey.details().timed())).isEqualTo(Oracle.detailsTimed(log));
        assertThat(visible(journey)).isEqualTo(Oracle.visible(log));
    }

    @Property(tries = 2000)
    void dependsOnNoOrderAndNoRepetition(@ForAll("logs") List<Said> log, @ForAll Random random) {
        var shuffled = new ArrayList<>(log);
        shuffled.addAll(log.subList(0, log.size() / 2));
        Collections.shuffle(shuffled, random);

        var one = observe(Journey.UNKNOWN, log);
        var other = observe(Journey.UNKNOWN, shuffled);

        assertThat(other.core()).isEqualTo(one.core());
        assertThat(other.details()).isEqualTo(one.details());
        assertThat(visible(other)).isEqualTo(visible(one));
    }

    @Property(tries = 2000)
    void joinsPartsInAnyGrouping(
            @ForAll("logs") List<Said> first, @ForAll("logs") List<Said> second, @ForAll("logs") List<Said> third) {
        var a = observe(Journey.UNKNOWN, first).core();
        var b = observe(Journey.UNKNOWN, second).core();
        var c = observe(Journey.UNKNOWN, third).core();
        var all = new ArrayList<>(first);
        all.addAll(second);
        all.addAll(third);

        assertThat(a.join(b).join(c)).isEqualTo(a.join(b.join(c)));
        assertThat(a.join(b)).isEqualTo(b.join(a));
        assertThat(a.join(a)).isEqualTo(a);
        assertThat(a.join(b).join(c)).isEqualTo(observe(Journey.UNKNOWN, all).core());
    }

    @Property(tries = 2000)
    void countsEachStateThatBecameVisibleOnce(@ForAll("logs") List<Said> log) {
        var history = new ArrayList<String>();
        var journey = Journey.UNKNOWN;
        for (var said : log) {
            var next = journey.observe(observation(said));
            assertThat(next.version() - journey.version()).isBetween(0L, 1L);
            if (next.version() > journey.version()) {
                history.add(String.valueOf(visible(next)));
            }
            journey = next;
        }

        assertThat(history).isEqualTo(Oracle.history(log));
        assertThat(journey.version()).isEqualTo(history.size());
    }

    /** A record that was applied and comes again must change nothing, not even who said so. */
    @Property
    void changesNothingWhenTheWholeLogIsAppliedAgain(@ForAll("logs") List<Said> log) {
        var once = observe(Journey.UNKNOWN, log);

        var joinedAgain = once;
        for (var said : log.reversed()) {
            joinedAgain = joinedAgain.observe(observation(said));
        }

        assertThat(joinedAgain).isEqualTo(once);
    }

    @Provide
    Arbitrary<List<Said>> logs() {
        return Arbitraries.oneOf(webhooks(), polls()).list().ofMinSize(0).ofMaxSize(9);
    }

    private Arbitrary<Said> webhooks() {
        return Combinators.combine(
                        Arbitraries.of("e1", "e2"),
                        Arbitraries.of(1L, 2L, 3L).injectNull(0.3),
                        times().injectNull(0.3),
                        times().injectNull(0.3),
                        Arbitraries.longs().between(2, 12),
                        Arbitraries.of("STARTED", "OFFERS", "CLOSED").injectNull(0.2),
                        Arbitraries.of("d1", "d2").injectNull(0.4))
                .as((id, sequence, generatedAt, eventAt, receivedAt, core, details) -> new Said(
                        Said.Kind.WEBHOOK,
                        id,
                        sequence,
                        generatedAt,
                        eventAt,
                        null,
                        null,
                        0,
                        false,
                        receivedAt,
                        core,
                        details));
    }

    private Arbitrary<Said> polls() {
        return Combinators.combine(
                        Arbitraries.of("e1", "e2"),
                        Arbitraries.of(1L, 2L, 3L).injectNull(0.2),
                        times().injectNull(0.4),
                        times().injectNull(0.2),
                        Arbitraries.longs().between(0, 2),
                        Arbitraries.of(true, false, false),
                        Arbitraries.longs().between(2, 12),
                        Arbitraries.of("STARTED", "OFFERS", "CLOSED"))
                .as((id, sequence, updatedAt, answeredAt, roundTrip, settling, receivedAt, core) -> new Said(
                        Said.Kind.POLL,
                        id,
                        settling ? sequence : null,
                        null,
                        null,
                        updatedAt,
                        answeredAt,
                        roundTrip,
                        settling,
                        receivedAt,
                        core,
                        null));
    }

    private static Arbitrary<Long> times() {
        return Arbitraries.longs().between(1, 9);
    }

    private static Journey observe(Journey journey, List<Said> log) {
        var now = journey;
        for (var said : log) {
            now = now.observe(observation(said));
        }
        return now;
    }

    private static Observation observation(Said said) {
        var receivedAt = Instant.ofEpochMilli(said.receivedAt());
        return new Observation(
                content(said.core()),
                content(said.details()),
                timing(said, receivedAt),
                new Provenance(Source.valueOf(said.kind().name()), said.eventId(), receivedAt),
                said.settling());
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

    private static Oracle.@Nullable Holding holding(@Nullable Register register) {
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

    private static @Nullable String visible(Journey journey) {
        return journey.visible()
                .map(state -> state.core().content().canonical() + "/"
                        + (state.details() == null
                                ? "-"
                                : state.details().content().canonical()))
                .orElse(null);
    }
}
