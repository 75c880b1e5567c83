package dev.borrowerjourney.projector.projection;

import dev.borrowerjourney.projector.law.Anomaly;
import dev.borrowerjourney.projector.projection.Applied.Advance;
import dev.borrowerjourney.projector.state.LogPartition;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Applies batches of some partitions in one transaction, and each record of them exactly once. */
final class Projection {

    private final Snapshots snapshots;
    private final PostgresOffsets offsets;
    private final PostgresReadModel readModel;
    private final TransactionTemplate transaction;
    private final TransactionTemplate savepoint;

    Projection(
            Snapshots snapshots,
            PostgresOffsets offsets,
            PostgresReadModel readModel,
            TransactionTemplate transaction) {
        this.snapshots = snapshots;
        this.offsets = offsets;
        this.readModel = readModel;
        this.transaction = transaction;
        this.savepoint =
                new TransactionTemplate(Objects.requireNonNull(transaction.getTransactionManager()), transaction);
        savepoint.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
    }

    /**
     * What one partition brings.
     *
     * @param records in the order of their offsets
     * @param owned what the owner knows: applied and published
     * @param journeys what the owner wrote last
     */
    record Batch(LogPartition partition, List<Decoded> records, OffsetRow owned, KnownJourneys journeys) {}

    /** @throws RuntimeException on trouble that is not a record's own */
    List<Decoded> decode(List<SourceRecord> records) {
        return records.stream().map(snapshots::decode).toList();
    }

    /**
     * Applies the batches, each of another partition: all of them or none.
     *
     * @throws WentBack if the database is not as far as an owner knows it to be
     * @throws RuntimeException on any trouble that is not the own one of a single batch's record
     */
    Applied apply(List<Batch> batches) {
        var applied = inTransaction(batches);
        applied.advances().forEach(Advance::remember);
        return applied;
    }

    /** Whether it may be one batch's own trouble, which has nothing to do with those beside it. */
    static boolean maybeOfOne(RuntimeException trouble) {
        return trouble instanceof WentBack || PostgresReadModel.refusal(trouble).isPresent();
    }

    /**
     * What an owner knows after a look at the row: positions that a writer beside the log gave are among it. Notes in the
     * row what the owner has published since its last batch.
     *
     * @throws WentBack if the database is not as far as the owner knows it to be
     */
    OffsetRow look(LogPartition partition, OffsetRow owned, KnownJourneys journeys) {
        var row = notBehind(partition, offsets.find(partition).orElse(null), owned);
        forgetUnless(row, owned, journeys);
        if (row.publishedPosition() < owned.publishedPosition()) {
            offsets.notePublished(partition, owned.publishedPosition());
        }
        return row.published(Math.max(row.publishedPosition(), owned.publishedPosition()), owned.cursor());
    }

    private static OffsetRow notBehind(LogPartition partition, @Nullable OffsetRow row, OffsetRow owned) {
        if (row == null || row.applied() < owned.applied()) {
            throw new WentBack(partition, owned.applied());
        }
        return row;
    }

    private static void forgetUnless(OffsetRow row, OffsetRow owned, KnownJourneys journeys) {
        if (!row.sameJourneys(owned)) {
            journeys.forget();
        }
    }

    private Applied inTransaction(List<Batch> batches) {
        try {
            return Objects.requireNonNull(transaction.execute(_ -> apply(batches, false)));
        } catch (RuntimeException e) {
            if (batches.size() > 1 || PostgresReadModel.refusal(e).isEmpty()) {
                throw e;
            }
            return Objects.requireNonNull(transaction.execute(_ -> apply(batches, true)));
        }
    }

    /** @param news what of the batch is not applied yet */
    record Portion(Batch batch, OffsetRow row, List<Decoded> news) {

        /**
         * While the log is applied again, what was published before gets the positions it had, but for those that a rebuild
         * gave: nobody gives them again. What is new follows behind all that is published, else it would look published,
         * too.
         */
        long positionBefore(Decoded record) {
            var cursor = batch.owned().cursor();
            return cursor != null && record.source().offset() >= cursor
                    ? batch.owned().publishedPosition()
                    : 0;
        }

        Advance folded(List<Fold> folds) {
            return new Advance(this, folds);
        }
    }

    private Applied apply(List<Batch> batches, boolean alone) {
        var rows = offsets.lock(batches.stream().map(Batch::partition).toList());
        var portions = batches.stream()
                .map(batch -> portion(batch, rows.get(batch.partition())))
                .toList();
        var anomalies = new ArrayList<Anomaly>();
        var advances = alone ? List.of(foldAlone(portions.getFirst(), anomalies)) : fold(portions, anomalies);
        offsets.update(advances.stream().collect(Collectors.toMap(Advance::partition, Advance::after)));
        return new Applied(advances, anomalies);
    }

    private static Portion portion(Batch batch, @Nullable OffsetRow found) {
        var row = notBehind(batch.partition(), found, batch.owned());
        forgetUnless(row, batch.owned(), batch.journeys());
        return new Portion(
                batch,
                row,
                batch.records().stream()
                        .filter(record -> record.source().offset() > row.applied())
                        .toList());
    }

    private List<Advance> fold(List<Portion> portions, List<Anomaly> anomalies) {
        var known = journeys(portions);
        var advances = portions.stream()
                .map(portion -> {
                    var fold = new Fold(known, portion.row().lastPosition());
                    portion.news().forEach(record -> fold.apply(record, portion.positionBefore(record)));
                    return portion.folded(List.of(fold));
                })
                .toList();
        anomalies.addAll(
                readModel.write(advances.stream().map(Projection::placed).toList()));
        anomalies.addAll(ownersChanged(
                advances.stream().map(advance -> advance.folds().getFirst()).toList()));
        return advances;
    }

    private static Placed<Fold> placed(Advance advance) {
        return new Placed<>(advance.partition(), advance.folds().getFirst());
    }

    private List<Anomaly> ownersChanged(Collection<Fold> folds) {
        var newJourneys =
                folds.stream().flatMap(fold -> fold.newJourneys().stream()).toList();
        return Collections.nCopies((int) readModel.ownersChanged(newJourneys), Anomaly.OWNER_CHANGED);
    }

    private Map<String, JourneyRow> journeys(List<Portion> portions) {
        var known = new HashMap<String, JourneyRow>();
        var missing = new HashSet<String>();
        for (var portion : portions) {
            var keys = keysOf(portion.news());
            known.putAll(portion.batch().journeys().among(keys));
            missing.addAll(keys);
        }
        missing.removeAll(known.keySet());
        known.putAll(readModel.journeys(missing));
        return known;
    }

    /** Only a record that the database refuses when nothing else is written with it is to blame. */
    private Advance foldAlone(Portion portion, List<Anomaly> anomalies) {
        var folds = new ArrayList<Fold>();
        long position = portion.row().lastPosition();
        for (var record : portion.news()) {
            var fold = foldAlone(portion, record, Math.max(position, portion.positionBefore(record)), anomalies);
            folds.add(fold);
            position = fold.position();
        }
        return portion.folded(folds);
    }

    private Fold foldAlone(Portion portion, Decoded record, long position, List<Anomaly> anomalies) {
        try {
            return Objects.requireNonNull(savepoint.execute(_ -> foldOne(portion, record, position, anomalies)));
        } catch (RuntimeException e) {
            var refusal = PostgresReadModel.refusal(e);
            if (refusal.isEmpty()) {
                throw e;
            }
            var poison = new Decoded.Poison(record.source(), PoisonReason.REFUSED_BY_DATABASE, refusal.get());
            return foldOne(portion, poison, position, anomalies);
        }
    }

    private Fold foldOne(Portion portion, Decoded record, long position, List<Anomaly> anomalies) {
        var fold = new Fold(readModel.journeys(keysOf(List.of(record))), position);
        fold.apply(record);
        anomalies.addAll(readModel.write(List.of(new Placed<>(portion.batch().partition(), fold))));
        anomalies.addAll(ownersChanged(List.of(fold)));
        return fold;
    }

    private static Set<String> keysOf(List<Decoded> records) {
        return records.stream()
                .flatMap(record -> switch (record) {
                    case Decoded.Legible(var source, var snapshot) ->
                        snapshot.journeys().stream()
                                .map(said -> snapshot.borrower().journeyKey(said.journeyId()));
                    case Decoded.Poison _ -> Stream.empty();
                })
                .collect(Collectors.toSet());
    }

    /** The database has lost commits, or the row is gone: where to begin has to be decided anew. */
    static final class WentBack extends RuntimeException {
        WentBack(LogPartition partition, long applied) {
            super(partition + ": the offset row is not at " + applied + " any more");
        }
    }
}
