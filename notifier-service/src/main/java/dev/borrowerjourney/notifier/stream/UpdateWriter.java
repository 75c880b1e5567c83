package dev.borrowerjourney.notifier.stream;

import dev.borrowerjourney.schemas.borrower.BorrowerKey;
import tools.jackson.databind.json.JsonMapper;

/** Writes a journey once for all its connections. */
final class UpdateWriter {

    private final JsonMapper json;

    UpdateWriter(JsonMapper json) {
        this.json = json;
    }

    Update write(BorrowerKey borrower, Journey journey) {
        return new Update(
                borrower,
                journey.applicationId(),
                journey.journeyId(),
                journey.version(),
                journey.changedAt(),
                "id:" + journey.journeyId() + ":" + journey.version() + "\nevent:journey\ndata:"
                        + json.writeValueAsString(journey) + "\n\n");
    }
}
