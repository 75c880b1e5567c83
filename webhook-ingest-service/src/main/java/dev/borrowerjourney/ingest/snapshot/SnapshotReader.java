package dev.borrowerjourney.ingest.snapshot;

import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;

/** Reads both generations of the platform's payload, and passes over what it does not know. Thread-safe. */
public final class SnapshotReader {

    private static final Logger LOG = LoggerFactory.getLogger(SnapshotReader.class);

    /** The documented payloads are six deep. */
    private static final int DEEPEST = 64;

    private static final JsonFactory JSON = Utf8Json.within(StreamReadConstraints.builder()
            .maxNestingDepth(DEEPEST)
            .maxNumberLength(64)
            .maxNameLength(256)
            .maxStringLength(256 * 1024)
            .build());

    private final PointerTree borrowerPointers;
    private final int pointers;

    /** Tries the JSON pointers to the borrower's id in their order. */
    public SnapshotReader(List<String> borrowerPointers) {
        this.borrowerPointers = PointerTree.of(borrowerPointers);
        this.pointers = borrowerPointers.size();
    }

    public Reading read(byte[] body) {
        var cursor = new BodyCursor(Utf8Json.parser(JSON, body), pointers);
        var pass = new SnapshotPass(cursor);
        try {
            pass.read(borrowerPointers);
            return outcome(pass, cursor);
        } catch (StreamConstraintsException e) {
            return stopped(pass, tooDeep(cursor.parser()), cursor.parser());
        } catch (JacksonException e) {
            return stopped(pass, QuarantineReason.NOT_JSON, cursor.parser());
        } catch (RuntimeException e) {
            LOG.error("A body made the reader fail; it goes to quarantine.", e);
            return stopped(pass, QuarantineReason.READER_FAILED, cursor.parser());
        } finally {
            // Gives its buffers back to the pool.
            cursor.parser().close();
        }
    }

    private static Reading outcome(SnapshotPass pass, BodyCursor cursor) {
        var problem = pass.problem();
        var envelope = pass.envelope();
        var eventId = envelope.eventId();
        var borrower = envelope.borrowerExternalId();
        if (problem == null && eventId != null && borrower != null) {
            return new Reading.Legible(envelope, pass.snapshot(eventId, borrower));
        }
        return new Reading.Illegible(
                envelope, problem == null ? QuarantineReason.NO_BORROWER : problem, cursor.place());
    }

    private static Reading stopped(SnapshotPass pass, QuarantineReason reason, JsonParser parser) {
        return new Reading.Illegible(
                pass.envelope(), reason, "byte " + parser.currentLocation().getByteOffset());
    }

    private static QuarantineReason tooDeep(JsonParser parser) {
        return parser.streamReadContext().getNestingDepth() >= DEEPEST
                ? QuarantineReason.TOO_DEEP
                : QuarantineReason.TOO_LONG;
    }
}
