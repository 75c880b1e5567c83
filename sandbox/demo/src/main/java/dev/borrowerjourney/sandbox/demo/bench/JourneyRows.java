package dev.borrowerjourney.sandbox.demo.bench;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The read model as it is, beside what was computed without the projector. */
public final class JourneyRows {

    private JourneyRows() {}

    /** Compares every row of the read model, and the length of every history, with what was computed beside it. */
    public static List<String> wrong(Connection database, Map<String, JourneyLog.Expected> expected)
            throws SQLException {
        var found = new HashMap<String, JourneyLog.Expected>();
        try (var question = database.createStatement();
                var rows = question.executeQuery("""
                        SELECT j.journey_key, j.version, j.status,
                               (SELECT count(*) FROM journey.timeline t WHERE t.journey_key = j.journey_key)
                        FROM journey.current_journey j
                        """)) {
            while (rows.next()) {
                if (rows.getLong(4) == rows.getLong(2)) {
                    found.put(rows.getString(1), new JourneyLog.Expected(rows.getLong(2), rows.getString(3)));
                }
            }
        }
        long different = expected.entrySet().stream()
                .filter(row -> !row.getValue().equals(found.get(row.getKey())))
                .count();
        return different == 0 && found.size() == expected.size()
                ? List.of()
                : List.of("%d journeys of %d are not as they must be, %d rows found"
                        .formatted(different, expected.size(), found.size()));
    }
}
