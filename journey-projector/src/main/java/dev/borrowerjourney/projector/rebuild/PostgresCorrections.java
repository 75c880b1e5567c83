package dev.borrowerjourney.projector.rebuild;

import dev.borrowerjourney.projector.projection.ChangeRow;
import dev.borrowerjourney.projector.projection.Placed;
import dev.borrowerjourney.projector.projection.PostgresReadModel;
import dev.borrowerjourney.projector.state.LogPartition;
import java.util.Collection;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;

/** Writes journeys of a partition beside its log, under the same lock as its owner. */
final class PostgresCorrections {

    private final JdbcTemplate jdbc;
    private final PostgresReadModel readModel;

    PostgresCorrections(JdbcTemplate jdbc, PostgresReadModel readModel) {
        this.jdbc = jdbc;
        this.readModel = readModel;
    }

    /**
     * A partition whose owner waits until the transaction ends.
     *
     * @param applied the last applied offset
     * @param lastPosition the position given last, or published last if that is further
     */
    record Locked(long applied, long lastPosition) {}

    /**
     * Locks a partition's offset row.
     *
     * @throws Refusal if nobody has begun with the partition, or its log is being applied again
     */
    Locked lock(LogPartition partition) {
        return jdbc
                .query(
                        """
                        SELECT applied_offset, greatest(last_position, published_position) AS position,
                               cursor_offset > applied_offset + 1 AS replayed
                        FROM projection_offset
                        WHERE topic_id = ? AND partition = ?
                        FOR UPDATE
                        """,
                        (result, _) -> {
                            if (result.getBoolean("replayed")) {
                                throw new Refusal(partition + ": the database went back, and its log is being applied"
                                        + " again: run the command once more when projector.lag.records is 0");
                            }
                            return new Locked(result.getLong("applied_offset"), result.getLong("position"));
                        },
                        partition.topicId(),
                        partition.partition())
                .stream()
                .findFirst()
                .orElseThrow(() -> new Refusal(
                        partition + ": no instance has begun with it: start the service, and run the command again"));
    }

    /** Writes corrections; the caller holds the partition locked. */
    void write(LogPartition partition, long lastPosition, Collection<Correction> corrections) {
        readModel.writeJourneys(
                Placed.all(partition, corrections.stream().map(Correction::row).toList()));
        var changes = corrections.stream()
                .map(Correction::change)
                .filter(Objects::nonNull)
                .toList();
        readModel.writeChanges(Placed.all(partition, changes));
        jdbc.update(
                """
                UPDATE projection_offset SET last_position = ?, edited = edited + 1
                WHERE topic_id = ? AND partition = ?
                """,
                changes.stream().mapToLong(ChangeRow::position).max().orElse(lastPosition),
                partition.topicId(),
                partition.partition());
    }

    /** Runs what no two commands may do at a time, or returns nothing because another does something. */
    <T> Optional<T> alone(Supplier<T> act) {
        return Objects.requireNonNull(jdbc.execute((ConnectionCallback<Optional<T>>) connection -> {
            try (var statement = connection.createStatement()) {
                var locked = statement.executeQuery("SELECT pg_try_advisory_lock(hashtext('journey.rebuild'))");
                if (!locked.next() || !locked.getBoolean(1)) {
                    return Optional.empty();
                }
                try {
                    return Optional.of(act.get());
                } finally {
                    statement.execute("SELECT pg_advisory_unlock(hashtext('journey.rebuild'))");
                }
            }
        }));
    }
}
