package dev.borrowerjourney.projector.projection;

import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;

/** Counts journeys of which the platform should be heard soon. */
final class PostgresActiveJourneys {

    private final JdbcTemplate jdbc;

    PostgresActiveJourneys(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Journeys by application whose borrower or lender is at work. A status that is not known counts; where the borrower
     * decides, where nothing is to come, and where nothing came for 30 days, nobody waits.
     */
    Map<UUID, Long> byApplication() {
        var counts = new HashMap<UUID, Long>();
        jdbc.query("""
                SELECT application_id, count(*)
                FROM journey.journey
                WHERE changed_at > now() - INTERVAL '30 days'
                  AND version > 0
                  AND status NOT IN ('STARTED', 'OFFERS_AVAILABLE', 'DISBURSED', 'REJECTED', 'EXPIRED', 'CLOSED')
                GROUP BY application_id
                """, row -> {
            counts.put(row.getObject(1, UUID.class), row.getLong(2));
        });
        return counts;
    }
}
