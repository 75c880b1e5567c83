package dev.borrowerjourney.notifier.stream;

import dev.borrowerjourney.notifier.stream.Journey.Freshness;
import dev.borrowerjourney.schemas.borrower.BorrowerKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/** Reads the view that the projector grants. The data source must be the primary: a replica may lag behind a change. */
class PostgresJourneys implements Journeys {

    private final JdbcClient jdbc;
    private final JsonMapper json;
    private final InstantSource clock;
    private final Duration freshFor;

    PostgresJourneys(JdbcClient jdbc, JsonMapper json, InstantSource clock, Duration freshFor) {
        this.jdbc = jdbc;
        this.json = json;
        this.clock = clock;
        this.freshFor = freshFor;
    }

    @Override
    public Map<BorrowerKey, List<Journey>> of(Collection<BorrowerKey> borrowers) {
        var journeys = new HashMap<BorrowerKey, List<Journey>>();
        jdbc.sql("""
                        SELECT borrower_key, journey_id, application_id, type, status, next_action, version, source,
                            platform_at, changed_at, fresh_as_of, details::text AS details
                        FROM journey.current_journey
                        WHERE borrower_key = ANY (?)
                        ORDER BY borrower_key, changed_at, journey_id
                        """)
                .param(borrowers.stream().map(BorrowerKey::value).toArray(String[]::new))
                .query(row -> {
                    journeys.computeIfAbsent(new BorrowerKey(row.getString("borrower_key")), _ -> new ArrayList<>())
                            .add(journey(row));
                });
        return journeys;
    }

    private Journey journey(ResultSet row) throws SQLException {
        var changedAt = row.getTimestamp("changed_at").toInstant();
        var freshAsOf = instant(row, "fresh_as_of");
        var details = row.getString("details");
        return new Journey(
                row.getString("journey_id"),
                row.getObject("application_id", UUID.class),
                row.getString("type"),
                row.getString("status"),
                row.getString("next_action"),
                row.getLong("version"),
                row.getString("source"),
                instant(row, "platform_at"),
                changedAt,
                null,
                freshness(freshAsOf == null ? changedAt : freshAsOf),
                details == null ? null : json.readTree(details));
    }

    private Freshness freshness(Instant asOf) {
        return new Freshness(asOf, asOf.plus(freshFor).isBefore(clock.instant()) ? "STALE" : "FRESH");
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        Timestamp timestamp = row.getTimestamp(column);
        return timestamp == null ? null : timestamp.toInstant();
    }
}
