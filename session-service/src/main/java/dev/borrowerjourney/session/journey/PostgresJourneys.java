package dev.borrowerjourney.session.journey;

import dev.borrowerjourney.schemas.borrower.BorrowerKey;
import dev.borrowerjourney.session.journey.Journey.Fresh;
import dev.borrowerjourney.session.journey.Journey.State;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads the views that the projector grants; each query names the borrower, so nobody sees another one's journey. */
class PostgresJourneys {

    static final List<String> VIEWS =
            List.of("journey.current_journey", "journey.timeline", "journey.reconciliation_due");

    /** What is shown, with the last time that the platform said the same of it. */
    private static final String CONFIRMED = """
            SELECT j.*, r.confirmed_at
            FROM journey.current_journey j
            LEFT JOIN reconciliation r ON r.journey_key = j.journey_key AND r.told_status = j.status
                AND r.told_next_action IS NOT DISTINCT FROM j.next_action
            """;

    private final JdbcClient jdbc;
    private final JsonMapper json;
    private final JourneyProperties properties;
    private final Clock clock;

    PostgresJourneys(JdbcClient jdbc, JsonMapper json, JourneyProperties properties, Clock clock) {
        this.jdbc = jdbc;
        this.json = json;
        this.properties = properties;
        this.clock = clock;
    }

    Optional<Journey> find(BorrowerKey borrower, String journeyId) {
        return jdbc.sql(CONFIRMED + "WHERE j.journey_key = :key AND j.borrower_key = :borrower")
                .param("key", borrower.journeyKey(journeyId))
                .param("borrower", borrower.value())
                .query(this::journey)
                .optional();
    }

    /** The borrower's journeys by their ids, from the one after the given id. */
    List<Journey> list(BorrowerKey borrower, String afterId, int limit) {
        return jdbc.sql(CONFIRMED + """
                        WHERE j.borrower_key = :borrower AND j.journey_id > :after
                        ORDER BY j.journey_id
                        LIMIT :limit
                        """)
                .param("borrower", borrower.value())
                .param("after", afterId)
                .param("limit", limit)
                .query(this::journey)
                .list();
    }

    /** When a journey of the borrower last changed. */
    Optional<Instant> lastChange(BorrowerKey borrower) {
        return jdbc.sql(
                        "SELECT max(changed_at) AS changed_at FROM journey.current_journey WHERE borrower_key = :borrower")
                .param("borrower", borrower.value())
                .query((row, _) -> Optional.ofNullable(instant(row, "changed_at")))
                .single();
    }

    /** When each journey of some borrowers last changed. */
    List<Waiting.Changed> lastChanges(Collection<String> borrowerKeys) {
        return jdbc.sql("""
                        SELECT borrower_key, journey_key, changed_at
                        FROM journey.current_journey
                        WHERE borrower_key = ANY (:borrowers)
                        """)
                .param("borrowers", borrowerKeys.toArray(String[]::new))
                .query((row, _) -> new Waiting.Changed(
                        row.getString("borrower_key"),
                        row.getString("journey_key"),
                        Objects.requireNonNull(instant(row, "changed_at"))))
                .list();
    }

    /** Changes of a journey of the borrower, oldest first, from the version after the given one. */
    List<Change> timeline(BorrowerKey borrower, String journeyId, long afterVersion, int limit) {
        return jdbc.sql("""
                        SELECT *
                        FROM journey.timeline
                        WHERE journey_key = :key AND borrower_key = :borrower AND version > :after
                        ORDER BY version
                        LIMIT :limit
                        """)
                .param("key", borrower.journeyKey(journeyId))
                .param("borrower", borrower.value())
                .param("after", afterVersion)
                .param("limit", limit)
                .query(this::change)
                .list();
    }

    /** The views that are not there, or not granted to us. */
    List<String> missingViews() {
        return VIEWS.stream()
                .filter(view ->
                        !jdbc.sql("""
                                SELECT coalesce(has_table_privilege(to_regclass(:view), 'SELECT'), false)
                                """).param("view", view).query(Boolean.class).single())
                .toList();
    }

    private Journey journey(ResultSet row, int number) throws SQLException {
        var heardAt = Objects.requireNonNull(instant(row, "fresh_as_of"));
        var confirmedAt = instant(row, "confirmed_at");
        var asOf = confirmedAt != null && confirmedAt.isAfter(heardAt) ? confirmedAt : heardAt;
        var stale = asOf.plus(properties.freshFor()).isBefore(clock.instant());
        return new Journey(
                row.getString("journey_id"),
                row.getObject("application_id", UUID.class),
                row.getString("type"),
                row.getString("status"),
                row.getString("next_action"),
                row.getLong("version"),
                row.getString("source"),
                instant(row, "platform_at"),
                Objects.requireNonNull(instant(row, "changed_at")),
                confirmedAt,
                new Fresh(asOf, stale ? State.STALE : State.FRESH),
                json(row, "details"));
    }

    private Change change(ResultSet row, int number) throws SQLException {
        return new Change(
                row.getLong("version"),
                json(row, "before"),
                Objects.requireNonNull(json(row, "after")),
                row.getString("source"),
                instant(row, "platform_at"),
                Objects.requireNonNull(instant(row, "changed_at")));
    }

    private @Nullable JsonNode json(ResultSet row, String column) throws SQLException {
        var text = row.getString(column);
        return text == null ? null : json.readTree(text);
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        var time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
