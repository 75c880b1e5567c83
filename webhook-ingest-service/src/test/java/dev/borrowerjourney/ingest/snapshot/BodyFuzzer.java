package dev.borrowerjourney.ingest.snapshot;

import dev.borrowerjourney.ingest.snapshot.MaskedBody.Look;
import dev.borrowerjourney.schemas.event.JourneyObservation;
import java.util.HashSet;
import java.util.List;

/** What must hold for the reading of any bytes at all. Jazzer looks for bytes for which it does not. */
public final class BodyFuzzer {

    private static final int LONGEST_TEXT = 256;

    private static final SnapshotReader READER =
            new SnapshotReader(List.of("/borrower/borrowerExternalID", "/borrower/borrowerProviderID"));

    private BodyFuzzer() {}

    /** Called by Jazzer with each input; what it throws is a finding. */
    public static void fuzzerTestOneInput(byte[] body) {
        var reading = READER.read(body);
        expect(reading.equals(READER.read(body)), "the same body reads the same");
        switch (reading) {
            case Reading.Legible legible -> checkLegible(legible, body);
            case Reading.Illegible illegible ->
                expect(illegible.reason() != QuarantineReason.READER_FAILED, "the reader does not fail");
        }
        checkMasked(body);
    }

    private static void checkLegible(Reading.Legible legible, byte[] body) {
        var snapshot = legible.snapshot();
        checkText(snapshot.eventId());
        checkText(snapshot.borrowerExternalId());
        var ids = new HashSet<String>();
        for (JourneyObservation journey : snapshot.journeys()) {
            checkText(journey.getJourneyId());
            checkText(journey.getCore().getStatus());
            expect(ids.add(journey.getJourneyId()), "a journey is there once");
        }
        expect(MaskedBody.look(body) instanceof Look.Json, "what is legible is JSON");
    }

    private static void checkMasked(byte[] body) {
        if (MaskedBody.look(body) instanceof Look.NoJson(var badByte)) {
            expect(badByte >= 0 && badByte <= body.length, "the bad byte lies in the body");
        }
    }

    private static void checkText(String text) {
        expect(!text.isBlank() && text.length() <= LONGEST_TEXT, "a text that is kept is there and bounded");
        expect(text.chars().noneMatch(Character::isISOControl), "a text that is kept can be stored");
    }

    private static void expect(boolean holds, String law) {
        if (!holds) {
            throw new IllegalStateException("broken: " + law);
        }
    }
}
