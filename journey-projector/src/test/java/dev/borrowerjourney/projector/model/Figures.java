package dev.borrowerjourney.projector.model;

import java.util.EnumMap;
import java.util.Map;
import java.util.stream.LongStream;

/** What became of many journeys under one trouble, with each way of settling. */
record Figures(Trouble trouble, boolean updatedAt, Map<Settling, Sum> sums) {

    static final int JOURNEYS = 2_000;

    record Sum(int stepsBack, int wrong, int settlingPolls) {

        static final Sum NOTHING = new Sum(0, 0, 0);

        static Sum of(Run.Outcome outcome) {
            return new Sum(outcome.stepsBack(), outcome.right() ? 0 : 1, outcome.settlingPolls());
        }

        Sum plus(Sum other) {
            return new Sum(stepsBack + other.stepsBack, wrong + other.wrong, settlingPolls + other.settlingPolls);
        }
    }

    static Figures of(Trouble trouble, boolean updatedAt) {
        var sums = new EnumMap<Settling, Sum>(Settling.class);
        sums.put(Settling.NEVER, sum(trouble, updatedAt, Settling.NEVER));
        sums.put(Settling.ALONE, sum(trouble, updatedAt, Settling.ALONE));
        sums.put(
                Settling.BESIDE_ORDINARY,
                updatedAt ? sum(trouble, true, Settling.BESIDE_ORDINARY) : sums.get(Settling.ALONE));
        return new Figures(trouble, updatedAt, sums);
    }

    private static Sum sum(Trouble trouble, boolean updatedAt, Settling settling) {
        return LongStream.range(0, JOURNEYS)
                .parallel()
                .mapToObj(seed -> Run.of(trouble, updatedAt, settling, seed))
                .map(Sum::of)
                .reduce(Sum.NOTHING, Sum::plus);
    }

    Sum with(Settling settling) {
        return sums.getOrDefault(settling, Sum.NOTHING);
    }

    static String head() {
        return """
                | Trouble | `updatedAt` | steps back: never settled | alone | beside an ordinary poll \
                | wrong in the end: never settled | alone | beside an ordinary poll | settling polls |
                |---|---|---|---|---|---|---|---|---|
                """;
    }

    String line() {
        var never = with(Settling.NEVER);
        var alone = with(Settling.ALONE);
        var beside = with(Settling.BESIDE_ORDINARY);
        return "| %s | %s | %d | %d | %d | %d | %d | %d | %d |\n"
                .formatted(
                        trouble.name(),
                        updatedAt ? "yes" : "no",
                        never.stepsBack(),
                        alone.stepsBack(),
                        beside.stepsBack(),
                        never.wrong(),
                        alone.wrong(),
                        beside.wrong(),
                        beside.settlingPolls());
    }
}
