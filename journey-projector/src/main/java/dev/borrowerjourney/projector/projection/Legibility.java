package dev.borrowerjourney.projector.projection;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tells what the version that is running makes of a record's bytes. */
public final class Legibility {

    /** The word for a record that can be read; the database may refuse it still. */
    public static final String LEGIBLE = "LEGIBLE";

    private final Snapshots snapshots;

    Legibility(Snapshots snapshots) {
        this.snapshots = snapshots;
    }

    /**
     * {@link #LEGIBLE}, or the reason and detail of the poison, without any value of the record.
     *
     * @throws RuntimeException if the registry does not give the schema
     */
    public String today(byte @Nullable [] key, byte @Nullable [] value, Map<String, byte[]> headers) {
        return switch (snapshots.decode(new SourceRecord(0, Instant.EPOCH, key, value, headers))) {
            case Decoded.Legible _ -> LEGIBLE;
            case Decoded.Poison(var source, var reason, var detail) ->
                detail == null ? reason.name() : reason + " " + detail;
        };
    }
}
