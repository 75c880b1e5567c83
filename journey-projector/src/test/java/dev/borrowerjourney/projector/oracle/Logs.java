package dev.borrowerjourney.projector.oracle;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.RandomDistribution;

/**
 * Logs of one journey: webhooks of both generations, polls with and without a time of change, settling polls. The
 * domains are small on purpose, so that sequences, times, contents and provenances meet; nothing agrees with anything,
 * so that sequences restart and clocks disagree.
 */
public final class Logs {

    private static final List<String> CORES = List.of(core("STARTED"), core("OFFERS_AVAILABLE"), core("CLOSED"));
    private static final List<String> DETAILS = List.of(details("GOLD_LOAN"), details("PERSONAL_LOAN"));

    private Logs() {}

    /** The last few records may say what an earlier one said, under another name. */
    public static Arbitrary<List<Said>> upTo(int size) {
        var log = records().list().ofMaxSize(size - 2).withSizeDistribution(RandomDistribution.uniform());
        var echoes = Arbitraries.integers().between(0, size).list().ofMaxSize(2);
        return Combinators.combine(log, echoes, ids(), receipts()).as(Logs::withEchoes);
    }

    private static List<Said> withEchoes(List<Said> log, List<Integer> echoes, String id, long receivedAt) {
        var longer = new ArrayList<>(log);
        for (int echo : echoes) {
            if (!log.isEmpty()) {
                longer.add(log.get(echo % log.size()).as(id, receivedAt));
            }
        }
        return longer;
    }

    public static Arbitrary<Said> records() {
        return Arbitraries.oneOf(firstGeneration(), secondGeneration(), polls(), settlingPolls());
    }

    public static Arbitrary<String> cores() {
        return Arbitraries.of(CORES);
    }

    /** A list of journeys, of which status and next action are told; sequence and a time are always there. */
    private static Arbitrary<Said> firstGeneration() {
        return Combinators.combine(ids(), sequences(), times(), times(), receipts(), cores())
                .as((id, sequence, generatedAt, eventAt, receivedAt, core) -> new Said(
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
                        null));
    }

    /** One journey with its details; anything else may be missing. */
    private static Arbitrary<Said> secondGeneration() {
        return Combinators.combine(
                        ids(),
                        sequences().injectNull(0.3),
                        times().injectNull(0.3),
                        times().injectNull(0.3),
                        receipts(),
                        cores().injectNull(0.3),
                        Arbitraries.of(DETAILS))
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

    private static Arbitrary<Said> polls() {
        return Combinators.combine(
                        ids(), times().injectNull(0.4), times().injectNull(0.1), roundTrips(), receipts(), cores())
                .as((id, updatedAt, answeredAt, roundTrip, receivedAt, core) -> new Said(
                        Said.Kind.POLL,
                        id,
                        null,
                        null,
                        null,
                        updatedAt,
                        answeredAt,
                        roundTrip,
                        false,
                        receivedAt,
                        core,
                        null));
    }

    private static Arbitrary<Said> settlingPolls() {
        return Combinators.combine(
                        ids(),
                        sequences().injectNull(0.2),
                        times().map(time -> time + 3_000),
                        roundTrips(),
                        receipts(),
                        cores())
                .as((id, sequence, answeredAt, roundTrip, receivedAt, core) -> new Said(
                        Said.Kind.POLL,
                        id,
                        sequence,
                        null,
                        null,
                        null,
                        answeredAt,
                        roundTrip,
                        true,
                        receivedAt,
                        core,
                        null));
    }

    private static Arbitrary<String> ids() {
        return Arbitraries.of("event-1", "event-2");
    }

    private static Arbitrary<Long> sequences() {
        return Arbitraries.of(1L, 2L, 3L);
    }

    private static Arbitrary<Long> times() {
        return Arbitraries.of(1_000L, 2_000L, 3_000L, 4_000L);
    }

    private static Arbitrary<Long> roundTrips() {
        return Arbitraries.of(0L, 1_000L);
    }

    private static Arbitrary<Long> receipts() {
        return Arbitraries.of(2_000L, 3_000L, 5_000L, 6_000L);
    }

    private static String core(String status) {
        return "{\"status\":\"" + status + "\",\"nextAction\":null}";
    }

    private static String details(String type) {
        return "{\"type\":\"" + type
                + "\",\"lender\":null,\"offers\":null,\"selectedOfferId\":null,\"repayment\":null}";
    }
}
