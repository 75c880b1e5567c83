package dev.borrowerjourney.sandbox.load.run;

import java.util.Map;

/**
 * What became of the deliveries of a run.
 *
 * @param begun deliveries that were sent at least once
 * @param acknowledged those with the answer that the run is for
 * @param scheduled in the open loop, those that became due
 * @param unsent in the open loop, those that were due and still waited for a connection at the end
 * @param unanswered those whose fate is unknown at the end
 * @param repeated how often something was sent again
 * @param answers the last answer of each delivery, by status
 * @param lastFailure what the last unanswered or repeated sending failed of, or empty
 */
public record Counts(
        long begun,
        long acknowledged,
        long scheduled,
        long unsent,
        long unanswered,
        long repeated,
        Map<Integer, Long> answers,
        String lastFailure) {

    /** Answers that were no acknowledgement. */
    public long refused() {
        return answers.values().stream().mapToLong(Long::longValue).sum() - acknowledged;
    }
}
