package dev.borrowerjourney.sandbox.demo.operator;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Asks everybody about a journey. Who does not answer is named, and the others' answers are shown. */
final class Ways {

    private final Journeys journeys;
    private final HttpPlatform platform;
    private final PostgresReadModel database;
    private final String applicationId;

    /** @param applicationId of a journey that the platform does not tell of */
    Ways(Journeys journeys, HttpPlatform platform, PostgresReadModel database, String applicationId) {
        this.journeys = journeys;
        this.platform = platform;
        this.database = database;
        this.applicationId = applicationId;
    }

    /** Empty if nobody knows the journey. */
    Optional<Way> of(String journeyId) throws InterruptedException {
        var unreachable = new ArrayList<String>();
        var truth = truth(journeyId, unreachable);
        var readModel = readModel(truth == null ? applicationId : truth.applicationId(), journeyId, unreachable);
        var seen = journeys.seen(journeyId);
        var told = truth == null ? seen.told() : truth.snapshots();
        var quarantined = journeys.quarantined(told.stream().map(Told::eventId).toList());
        var passages = Passages.of(told, seen.with(quarantined), readModel);
        if (passages.isEmpty() && unreachable.isEmpty()) {
            return Optional.empty();
        }
        var latest = told.isEmpty() ? null : told.getLast();
        return Optional.of(new Way(
                journeyId,
                latest == null ? null : latest.borrowerExternalId(),
                truth == null ? null : truth.type(),
                truth != null ? truth.status() : latest == null ? null : latest.status(),
                truth != null ? truth.nextAction() : latest == null ? null : latest.nextAction(),
                readModel.connectedSince(),
                passages,
                List.copyOf(unreachable)));
    }

    private HttpPlatform.@Nullable Truth truth(String journeyId, List<String> unreachable) throws InterruptedException {
        try {
            return platform.journey(journeyId).orElse(null);
        } catch (IOException _) {
            unreachable.add("platform");
            return null;
        }
    }

    private ReadModel readModel(String applicationId, String journeyId, List<String> unreachable) {
        try {
            return database.journey(applicationId, journeyId);
        } catch (SQLException e) {
            // Before the services made their tables, or while the database is away.
            System.out.println("database: SQLSTATE " + e.getSQLState());
            unreachable.add("database");
            return ReadModel.NOTHING;
        }
    }
}
