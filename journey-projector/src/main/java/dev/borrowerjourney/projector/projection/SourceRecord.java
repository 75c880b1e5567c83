package dev.borrowerjourney.projector.projection;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.borrowerjourney.projector.state.DeadLetterId;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A record of the log, undecoded.
 *
 * @param recordedAt the record's own timestamp
 * @param headers of a repeated header the last
 */
@SuppressWarnings("ArrayRecordComponent") // carried from client to database, never compared
public record SourceRecord(
        long offset, Instant recordedAt, byte @Nullable [] key, byte @Nullable [] value, Map<String, byte[]> headers) {

    /** The dead letter that this record is a replay of. */
    Optional<DeadLetterId> replayOf() {
        return Optional.ofNullable(headers.get(DeadLetterId.HEADER))
                .flatMap(header -> DeadLetterId.parse(new String(header, UTF_8)));
    }
}
