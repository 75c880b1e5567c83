package dev.borrowerjourney.projector.projection;

import dev.borrowerjourney.projector.law.Anomaly;
import dev.borrowerjourney.projector.state.LogPartition;
import java.util.List;

/**
 * What a committed transaction has done.
 *
 * @param advances in the order of the batches
 * @param anomalies that nothing before has told
 */
record Applied(List<Advance> advances, List<Anomaly> anomalies) {

    /**
     * How far one partition has come.
     *
     * @param folds what came of the records, in order
     */
    record Advance(Projection.Portion portion, List<Fold> folds) {

        LogPartition partition() {
            return portion.batch().partition();
        }

        /** The last applied one, which another owner may have moved further. */
        long offset() {
            return portion.news().isEmpty()
                    ? portion.row().applied()
                    : portion.news().getLast().source().offset();
        }

        /** The position that was given last before. */
        long positionBefore() {
            return portion.row().lastPosition();
        }

        long lastPosition() {
            return folds.isEmpty()
                    ? portion.row().lastPosition()
                    : folds.getLast().position();
        }

        /** The row as it is committed: what is published is noted a batch later. */
        OffsetRow after() {
            var owned = portion.batch().owned();
            var row = portion.row();
            return row.at(offset(), lastPosition())
                    .published(Math.max(row.publishedPosition(), owned.publishedPosition()), owned.cursor());
        }

        /** What the owner knows now. */
        OffsetRow known() {
            var owned = portion.batch().owned();
            return after().published(owned.publishedPosition(), owned.cursor());
        }

        /** How many were applied now. */
        int records() {
            return portion.news().size();
        }

        /** How many were applied before. */
        int repeated() {
            return portion.batch().records().size() - records();
        }

        int changes() {
            return folds.stream().mapToInt(fold -> fold.changes().size()).sum();
        }

        List<PoisonReason> deadLetters() {
            return folds.stream()
                    .flatMap(fold -> fold.deadLetters().stream().map(DeadLetterRow::reason))
                    .toList();
        }

        void remember() {
            folds.forEach(fold -> portion.batch().journeys().put(fold.journeys()));
        }
    }
}
