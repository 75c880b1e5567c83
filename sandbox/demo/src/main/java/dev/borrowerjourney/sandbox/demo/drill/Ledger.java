package dev.borrowerjourney.sandbox.demo.drill;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.borrowerjourney.sandbox.load.run.Counts;
import dev.borrowerjourney.sandbox.load.run.WebhookLoad;
import dev.borrowerjourney.sandbox.load.verification.Ids;
import dev.borrowerjourney.sandbox.load.verification.Verification;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What one drill brought about: all that was acknowledged, and all that should not have happened. Not thread-safe. */
final class Ledger {

    private static final Ids NONE = new Ids();

    private final Ids acknowledged = new Ids();
    private final Map<String, Number> figures = new TreeMap<>();
    private final List<String> complaints = new ArrayList<>();
    private long wrong;
    private Duration recovery = Duration.ZERO;

    /** Ids that somebody was told are safe. */
    void acknowledged(Ids ids) {
        ids.forEachMissingIn(NONE, (id, _) -> acknowledged.add(id.getBytes(UTF_8)));
    }

    /** A run of genuine deliveries that has ended. Coming again later is no refusal. */
    void genuine(WebhookLoad ended, Counts counts) {
        acknowledged(ended.acknowledged());
        figure("repeated", counts.repeated());
        figure("unanswered", counts.unanswered());
        counts.answers().forEach((status, count) -> {
            if (status == 429 || status == 503) {
                figure("postponed", count);
            } else if (status != 202) {
                wrong(count, "genuine deliveries answered with " + status);
            }
        });
    }

    /** Answers and records that the contract forbids. */
    void wrong(long count, String what) {
        if (count > 0) {
            wrong += count;
            complaints.add(count + " " + what);
        }
    }

    void expect(boolean holds, String otherwise) {
        if (!holds) {
            complaints.add(otherwise);
        }
    }

    void figure(String name, long value) {
        figures.merge(name, value, (before, more) -> before.longValue() + more.longValue());
    }

    /** The longest time counts. */
    void recovered(Duration time) {
        recovery = recovery.compareTo(time) < 0 ? time : recovery;
    }

    /**
     * Holds the acknowledged ids against those of the topic's records.
     *
     * @param before the records that were there before the drill
     * @param after those that are there now
     */
    DrillResult close(String name, long seed, Ids before, Ids after) {
        var verification = Verification.of(acknowledged, after);
        expect(verification.acknowledged() > 0, "nothing was acknowledged, so nothing is proved");
        expect(
                verification.lost().isEmpty(),
                "lost: " + verification.lost().stream().limit(5).toList());
        wrong(
                verification.unacknowledged().stream()
                        .filter(id -> before.count(id.getBytes(UTF_8)) == 0)
                        .count(),
                "records of which no sender was told, or which no sender may have sent");
        figure("repeatedRecords", verification.repeated().size());
        return new DrillResult(
                name,
                complaints.isEmpty(),
                seed,
                verification.acknowledged(),
                verification.lost().size(),
                wrong,
                0,
                recovery.toMillis() / 1e3,
                Map.copyOf(figures),
                List.copyOf(complaints));
    }

    /** The drill could not be brought to its end. What was acknowledged until then was not looked for. */
    DrillResult broken(String name, long seed, Exception reason) {
        complaints.add(reason instanceof DrillFailed ? String.valueOf(reason.getMessage()) : reason.toString());
        return new DrillResult(
                name,
                false,
                seed,
                acknowledged.distinct(),
                0,
                wrong,
                0,
                recovery.toMillis() / 1e3,
                Map.copyOf(figures),
                List.copyOf(complaints));
    }
}
