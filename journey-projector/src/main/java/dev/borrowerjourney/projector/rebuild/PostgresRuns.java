package dev.borrowerjourney.projector.rebuild;

import dev.borrowerjourney.projector.projection.PostgresColumns;
import dev.borrowerjourney.projector.state.LogPartition;
import dev.borrowerjourney.projector.state.Registers;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** Which differences were written by whom, and the registers that stood there before. */
final class PostgresRuns {

    private static final String RUN =
            "SELECT id, begun_at, begun_by, begun_why, ended_at, undone_at, undone_by FROM rebuild_run ";

    private final JdbcTemplate jdbc;

    PostgresRuns(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** Differences that were written under one name. */
    record Run(
            long id,
            Instant begunAt,
            String begunBy,
            String begunWhy,
            @Nullable Instant endedAt,
            @Nullable Instant undoneAt,
            @Nullable String undoneBy) {}

    /**
     * A journey as it was before a run.
     *
     * @param applied up to where its registers had taken the log in
     */
    record Kept(ShadowRow row, long applied) {}

    /** The offsets up to which a partition's journeys were taken in when they were kept, the least of them. */
    record Reach(String topicId, long applied) {}

    /** The run that was interrupted, or else a new one. */
    long begin(Instant at, String who, String why) {
        var interrupted = latest(1).stream()
                .filter(run -> run.endedAt() == null && run.undoneAt() == null)
                .findFirst();
        return interrupted.isPresent() ? interrupted.get().id() : insert(at, who, why);
    }

    private long insert(Instant at, String who, String why) {
        var id = jdbc.queryForObject(
                "INSERT INTO rebuild_run (begun_at, begun_by, begun_why) VALUES (?, ?, ?) RETURNING id",
                Long.class,
                PostgresShadow.utc(at),
                who,
                why);
        if (id == null) {
            throw new IllegalStateException("The run has no id.");
        }
        return id;
    }

    void ended(long run, Instant at) {
        jdbc.update("UPDATE rebuild_run SET ended_at = ? WHERE id = ?", PostgresShadow.utc(at), run);
    }

    void undone(long run, Instant at, String who, String why) {
        jdbc.update(
                "UPDATE rebuild_run SET undone_at = ?, undone_by = ?, undone_why = ? WHERE id = ?",
                PostgresShadow.utc(at),
                who,
                why,
                run);
    }

    List<Run> latest(int limit) {
        return jdbc.query(RUN + "ORDER BY id DESC LIMIT ?", (result, _) -> run(result), limit);
    }

    /** The latest run that was not taken back. */
    Optional<Run> toUndo() {
        return jdbc.query(RUN + "WHERE undone_at IS NULL ORDER BY id DESC LIMIT 1", (result, _) -> run(result)).stream()
                .findFirst();
    }

    /** Keeps what a run is about to replace, as of the first time that it does. */
    void keep(long run, LogPartition partition, long applied, Collection<Correction> corrections) {
        new PostgresColumns<>(corrections)
                .text(each -> each.row().journeyKey())
                .text(each -> each.row().borrowerKey())
                .text(each -> each.row().applicationId())
                .text(each -> each.row().journeyId())
                .bool(each -> each.difference().served().row() != null)
                .text(each -> registers(each).coreSequenced())
                .text(each -> registers(each).coreTimed())
                .text(each -> registers(each).detailsSequenced())
                .text(each -> registers(each).detailsTimed())
                .update(jdbc, """
                        INSERT INTO rebuild_kept (run, partition, topic_id, applied_offset, journey_key, borrower_key,
                            application_id, journey_id, known, core_sequenced, core_timed, details_sequenced, details_timed)
                        SELECT ?, ?, ?, ?, r.journey_key, r.borrower_key, r.application_id::uuid, r.journey_id, r.known,
                            r.core_sequenced, r.core_timed, r.details_sequenced,
                            r.details_timed
                        FROM unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::boolean[], ?::text[], ?::text[],
                                ?::text[], ?::text[])
                            AS r (journey_key, borrower_key, application_id, journey_id, known, core_sequenced, core_timed,
                                details_sequenced, details_timed)
                        ON CONFLICT (run, journey_key) DO NOTHING
                        """, run, partition.partition(), partition.topicId(), applied);
    }

    /** How far back the log has to reach for a run to be taken back, by partition. */
    Map<Integer, Reach> reach(long run) {
        var reach = new HashMap<Integer, Reach>();
        jdbc.query(
                """
                SELECT partition, min(topic_id) AS topic_id, min(applied_offset) AS applied_offset
                FROM rebuild_kept
                WHERE run = ? AND known AND NOT undone
                GROUP BY partition
                """,
                (ResultSet result) -> {
                    reach.put(
                            result.getInt("partition"),
                            new Reach(result.getString("topic_id"), result.getLong("applied_offset")));
                },
                run);
        return reach;
    }

    /** The next journeys of a partition that a run has changed and that were not taken back yet. */
    List<Kept> kept(long run, int partition, int limit) {
        return jdbc.query(
                """
                SELECT journey_key, borrower_key, application_id, journey_id, applied_offset, core_sequenced, core_timed,
                       details_sequenced, details_timed
                FROM rebuild_kept
                WHERE run = ? AND partition = ? AND known AND NOT undone
                ORDER BY applied_offset, journey_key
                LIMIT ?
                """,
                (result, _) -> new Kept(
                        new ShadowRow(
                                result.getString("journey_key"),
                                result.getString("borrower_key"),
                                result.getObject("application_id", UUID.class),
                                result.getString("journey_id"),
                                PostgresShadow.journey(result),
                                0),
                        result.getLong("applied_offset")),
                run,
                partition,
                limit);
    }

    void undone(long run, Collection<String> keys) {
        jdbc.update("UPDATE rebuild_kept SET undone = true WHERE run = ? AND journey_key = ANY (?)", statement -> {
            statement.setLong(1, run);
            statement.setArray(2, statement.getConnection().createArrayOf("text", keys.toArray()));
        });
    }

    /** Journeys that a run has changed: all, those that the read model had not, and those taken back. */
    record Counts(long changed, long unknown, long undone) {}

    Counts counts(long run) {
        return jdbc.query("""
                        SELECT count(*), count(*) FILTER (WHERE NOT known), count(*) FILTER (WHERE undone)
                        FROM rebuild_kept
                        WHERE run = ?
                        """, (result, _) -> new Counts(result.getLong(1), result.getLong(2), result.getLong(3)), run)
                .getFirst();
    }

    /** Removes runs that began so long ago, with what they have kept. */
    int prune(Duration age) {
        return jdbc.update(
                "DELETE FROM rebuild_run WHERE begun_at < now() - make_interval(secs => ?)", (double) age.toSeconds());
    }

    private record Old(
            @Nullable String coreSequenced,
            @Nullable String coreTimed,
            @Nullable String detailsSequenced,
            @Nullable String detailsTimed) {}

    private static Old registers(Correction correction) {
        var row = correction.difference().served().row();
        return row == null
                ? new Old(null, null, null, null)
                : new Old(
                        Registers.json(row.journey().core().sequenced()),
                        Registers.json(row.journey().core().timed()),
                        Registers.json(row.journey().details().sequenced()),
                        Registers.json(row.journey().details().timed()));
    }

    private static Run run(ResultSet result) throws SQLException {
        return new Run(
                result.getLong("id"),
                PostgresShadow.instant(result, "begun_at"),
                result.getString("begun_by"),
                result.getString("begun_why"),
                PostgresShadow.orNull(result, "ended_at"),
                PostgresShadow.orNull(result, "undone_at"),
                result.getString("undone_by"));
    }
}
