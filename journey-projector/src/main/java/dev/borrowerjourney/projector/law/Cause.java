package dev.borrowerjourney.projector.law;

/**
 * Why the platform is to be asked once more. Two causes are equal if the same claims contradict each other again, so
 * that a repetition is one cause, counted and settled once.
 *
 * @param contradiction tells the claims apart and means nothing else; the same for the same log
 */
public record Cause(Anomaly anomaly, String contradiction) {

    static Cause of(Anomaly anomaly, Object... claims) {
        var contradiction = new StringBuilder();
        for (var claim : claims) {
            contradiction.append(contradiction.isEmpty() ? "" : " ").append(claim);
        }
        return new Cause(anomaly, contradiction.toString());
    }
}
