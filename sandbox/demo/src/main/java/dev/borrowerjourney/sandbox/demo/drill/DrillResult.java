package dev.borrowerjourney.sandbox.demo.drill;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What came of a drill.
 *
 * @param events distinct acknowledged deliveries
 * @param lost those that no record carries
 * @param wrong answers and records that the contract forbids
 * @param regressions versions of a journey that went down
 * @param recoverySeconds the longest; from when to when is the drill's to say
 * @param complaints everything that made it fail
 */
record DrillResult(
        String name,
        boolean ok,
        long seed,
        long events,
        long lost,
        long wrong,
        long regressions,
        double recoverySeconds,
        Map<String, Number> figures,
        List<String> complaints) {

    String line() {
        return String.format(
                Locale.ROOT,
                "drill %s %s seed %d events %d lost %d wrong %d regressions %d recovery %.1f s",
                name,
                ok ? "ok" : "FAILED",
                seed,
                events,
                lost,
                wrong,
                regressions,
                recoverySeconds);
    }

    static String lastLine(List<DrillResult> results) {
        long ok = results.stream().filter(DrillResult::ok).count();
        long lost = results.stream().mapToLong(DrillResult::lost).sum();
        return "drills " + ok + " ok " + (results.size() - ok) + " failed lost " + lost;
    }
}
