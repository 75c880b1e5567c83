package dev.borrowerjourney.projector.rebuild;

import dev.borrowerjourney.projector.law.Content;
import dev.borrowerjourney.projector.projection.JourneyRow;
import dev.borrowerjourney.projector.projection.PostgresReadModel;
import dev.borrowerjourney.projector.state.Contents;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.PreparedStatementSetter;

/** What is served, and how far it is. */
final class PostgresServed {

    /**
     * Compares texts and parses none: what differs in spaces and order alone, as rows of an earlier version do, is looked
     * at once more and found to be the same, and what somebody wrote by hand may be no JSON at all.
     */
    private static final String DIFFERS = """
            (j.journey_key IS NULL
             OR j.version < s.published_version
             OR (j.type, j.status, j.next_action, j.details, j.platform_at,
                 j.core_sequenced, j.core_timed, j.details_sequenced, j.details_timed)
                IS DISTINCT FROM
                (s.type, s.status, s.next_action, s.details, s.platform_at,
                 s.core_sequenced, s.core_timed, s.details_sequenced, s.details_timed))
            """;

    private final JdbcTemplate jdbc;
    private final PostgresReadModel readModel;

    PostgresServed(JdbcTemplate jdbc, PostgresReadModel readModel) {
        this.jdbc = jdbc;
        this.readModel = readModel;
    }

    /** A journey and the partition that its borrower's records are in. */
    record Place(String journeyKey, int partition) {}

    /** @param row null if the read model does not have the journey */
    record Served(@Nullable JourneyRow row, Seen seen) {
        static final Served NOT = new Served(null, Seen.NOTHING);
    }

    /** The latest version in the timeline, and the state it led to. */
    record Told(long version, String after) {}

    /** The last applied offset of each partition that an instance has begun with. */
    Map<Integer, Long> applied(String topicId) {
        var applied = new TreeMap<Integer, Long>();
        jdbc.query(
                "SELECT partition, applied_offset FROM projection_offset WHERE topic_id = ?",
                (ResultSet result) -> {
                    applied.put(result.getInt("partition"), result.getLong("applied_offset"));
                },
                topicId);
        return applied;
    }

    /** Partitions of which an earlier topic of the same name was applied, too. */
    Set<Integer> ofEarlierTopics(String topic, String topicId) {
        return new HashSet<>(jdbc.queryForList(
                "SELECT DISTINCT partition FROM projection_offset WHERE topic = ? AND topic_id <> ?",
                Integer.class,
                topic,
                topicId));
    }

    long count(Collection<Integer> partitions) {
        var count = jdbc.query(
                "SELECT count(*) FROM journey WHERE partition = ANY (?)",
                array("int4", partitions),
                result -> result.next() ? result.getLong(1) : 0L);
        return count == null ? 0 : count;
    }

    List<Place> page(Collection<Integer> partitions, String after, int size) {
        return jdbc.query(
                """
                SELECT journey_key, partition FROM journey
                WHERE partition = ANY (?) AND journey_key > ?
                ORDER BY journey_key
                LIMIT ?
                """,
                statement -> {
                    statement.setArray(1, statement.getConnection().createArrayOf("int4", partitions.toArray()));
                    statement.setString(2, after);
                    statement.setInt(3, size);
                },
                (result, _) -> place(result));
    }

    Map<String, JourneyRow> journeys(Collection<String> keys) {
        return readModel.journeys(keys);
    }

    Map<String, Served> served(Collection<String> keys) {
        var rows = readModel.journeys(keys);
        var served = new HashMap<String, Served>();
        jdbc.query("""
                SELECT journey_key, type, status, next_action, details, platform_at
                FROM journey
                WHERE journey_key = ANY (?)
                """, array("text", keys), (ResultSet result) -> {
            var key = result.getString("journey_key");
            served.put(key, new Served(rows.get(key), seen(result)));
        });
        return served;
    }

    Map<String, Told> told(Collection<String> keys) {
        var told = new HashMap<String, Told>();
        jdbc.query("""
                SELECT DISTINCT ON (journey_key) journey_key, version, after
                FROM journey_change
                WHERE journey_key = ANY (?)
                ORDER BY journey_key, version DESC
                """, array("text", keys), (ResultSet result) -> {
            told.put(result.getString("journey_key"), new Told(result.getLong("version"), result.getString("after")));
        });
        return told;
    }

    /** The end of the next page of the shadow, or of what is served; nothing after the last. */
    Optional<String> endOfPage(boolean ofShadow, String after, int size) {
        return Optional.ofNullable(
                jdbc.queryForObject("""
                        SELECT max(journey_key)
                        FROM (SELECT journey_key FROM %s WHERE journey_key > ? ORDER BY journey_key LIMIT ?) AS page
                        """.formatted(ofShadow ? "shadow_journey" : "journey"), String.class, after, size));
    }

    /** Journeys of the shadow that may not be served as they should. */
    List<Place> differing(String after, String upTo) {
        return jdbc.query("""
                SELECT s.journey_key, s.partition
                FROM shadow_journey s LEFT JOIN journey j ON j.journey_key = s.journey_key
                WHERE s.journey_key > ? AND s.journey_key <= ? AND %s
                ORDER BY s.journey_key
                """.formatted(DIFFERS), (result, _) -> place(result), after, upTo);
    }

    /** Journeys that are served and that the shadow does not have. */
    List<Place> onlyServed(String after, String upTo) {
        return jdbc.query("""
                SELECT j.journey_key, j.partition
                FROM journey j
                WHERE j.journey_key > ? AND j.journey_key <= ?
                  AND NOT EXISTS (SELECT FROM shadow_journey s WHERE s.journey_key = j.journey_key)
                ORDER BY j.journey_key
                """, (result, _) -> place(result), after, upTo);
    }

    private static Place place(ResultSet result) throws SQLException {
        return new Place(result.getString("journey_key"), result.getInt("partition"));
    }

    private static Seen seen(ResultSet result) throws SQLException {
        var details = result.getString("details");
        return new Seen(
                result.getString("type"),
                result.getString("status"),
                result.getString("next_action"),
                details == null ? null : canonical(details),
                PostgresShadow.orNull(result, "platform_at"));
    }

    /** What somebody wrote by hand may be anything; then it is as different as it looks. */
    private static String canonical(String details) {
        try {
            return Contents.of(Contents.readDetails(details)).canonical();
        } catch (RuntimeException e) {
            return Content.of(details).canonical();
        }
    }

    private static PreparedStatementSetter array(String type, Collection<?> values) {
        return statement -> statement.setArray(1, statement.getConnection().createArrayOf(type, values.toArray()));
    }
}
