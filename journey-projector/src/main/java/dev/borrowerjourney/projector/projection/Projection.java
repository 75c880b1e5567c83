package dev.borrowerjourney.projector.projection;

import dev.borrowerjourney.projector.law.Anomaly;
import dev.borrowerjourney.projector.state.LogPartition;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.transaction.support.TransactionTemplate;

/** Applies a batch of one partition in one transaction, and each record of it exactly once. */
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
     * Applies records, in the order of their offsets.
     *
     * @param owned what the owner knows: applied and published
     * @throws WentBack if the database is not as far as the owner knows it to be
     * @throws RuntimeException on any trouble that is not a record's own; then nothing was applied
     */
    Applied apply(LogPartition partition, List<SourceRecord> records, OffsetRow owned) {
        var decoded = records.stream().map(snapshots::decode).toList();
        try {
            return inTransaction(partition, decoded, owned, transaction, false);
        } catch (RuntimeException e) {
            if (PostgresReadModel.refusal(e).isEmpty()) {
                throw e;
            }
            return inTransaction(partition, decoded, owned, transaction, true);
        }
    }

    /**
     * What an owner knows after a look at the row: positions that a writer beside the log gave are among it. Notes in the
     * row what the owner has published since its last batch.
     *
     * @throws WentBack if the database is not as far as the owner knows it to be
     */
    OffsetRow look(LogPartition partition, OffsetRow owned) {
        var row = notBehind(partition, offsets.find(partition), owned);
        if (row.publishedPosition() < owned.publishedPosition()) {
            offsets.notePublished(partition, owned.publishedPosition());
        }
        return new OffsetRow(
                row.applied(),
                row.lastPosition(),
                Math.max(row.publishedPosition(), owned.publishedPosition()),
                owned.cursor());
    }

    private static OffsetRow notBehind(LogPartition partition, Optional<OffsetRow> row, OffsetRow owned) {
        return row.filter(found -> found.applied() >= owned.applied())
                .orElseThrow(() -> new WentBack(partition, owned.applied()));
    }

    private Applied inTransaction(
            LogPartition partition,
            List<Decoded> records,
            OffsetRow owned,
            TransactionOperations operations,
            boolean alone) {
        var applied = operations.execute(_ -> apply(partition, records, owned, alone));
        if (applied == null) {
            throw new IllegalStateException("The transaction gave no result.");
        }
        return applied;
    }

    private Applied apply(LogPartition partition, List<Decoded> records, OffsetRow owned, boolean alone) {
        var row = notBehind(partition, offsets.lock(partition), owned);
        var news = records.stream()
                .filter(record -> record.source().offset() > row.applied())
                .toList();
        var written = alone
                ? foldAlone(partition, news, row.lastPosition())
                : List.of(fold(partition, news, row.lastPosition()));
        var folds = written.stream().map(Written::fold).toList();
        long applied = news.isEmpty() ? row.applied() : news.getLast().source().offset();
        long position = folds.isEmpty() ? row.lastPosition() : folds.getLast().position();
        offsets.update(
                partition,
                new OffsetRow(
                        applied,
                        position,
                        Math.max(row.publishedPosition(), owned.publishedPosition()),
                        owned.cursor()));
        return new Applied(
                applied,
                position,
                news.size(),
                records.size() - news.size(),
                folds.stream().mapToInt(fold -> fold.changes().size()).sum(),
                written.stream().flatMap(each -> each.anomalies().stream()).toList(),
                folds.stream()
                        .flatMap(fold -> fold.deadLetters().stream().map(DeadLetterRow::reason))
                        .toList());
    }

    /** @param anomalies that nothing before has told */
    private record Written(Fold fold, List<Anomaly> anomalies) {}

    private Written fold(LogPartition partition, List<Decoded> records, long position) {
        var fold = new Fold(readModel.journeys(keysOf(records)), position);
        records.forEach(fold::apply);
        var anomalies = new ArrayList<>(readModel.write(partition, fold));
        anomalies.addAll(Collections.nCopies((int) readModel.ownersChanged(fold.newJourneys()), Anomaly.OWNER_CHANGED));
        return new Written(fold, anomalies);
    }

    /** Only a record that the database refuses when nothing else is written with it is to blame. */
    private List<Written> foldAlone(LogPartition partition, List<Decoded> records, long lastPosition) {
        var written = new ArrayList<Written>();
        long position = lastPosition;
        for (var record : records) {
            var one = foldAlone(partition, record, position);
            written.add(one);
            position = one.fold().position();
        }
        return written;
    }

    private Written foldAlone(LogPartition partition, Decoded record, long position) {
        try {
            var written = savepoint.execute(_ -> fold(partition, List.of(record), position));
            return Objects.requireNonNull(written);
        } catch (RuntimeException e) {
            var refusal = PostgresReadModel.refusal(e);
            if (refusal.isEmpty()) {
                throw e;
            }
            var poison = new Decoded.Poison(record.source(), PoisonReason.REFUSED_BY_DATABASE, refusal.get());
            return fold(partition, List.of(poison), position);
        }
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
