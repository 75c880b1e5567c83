package dev.borrowerjourney.schemas.header;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.borrowerjourney.schemas.borrower.BorrowerKey;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Ids that depend only on what they name, so that a replay gives the same ones: UUIDv5 (RFC 9562, 5.5) in a namespace of
 * our own. A name is the kind and its parts joined by U+001F; instants are milliseconds since the epoch.
 */
public final class EventIds {

    private static final UUID URL = UUID.fromString("6ba7b811-9dad-11d1-80b4-00c04fd430c8");
    private static final UUID NAMESPACE = uuid5(URL, "urn:borrower-journey");

    private EventIds() {}

    /**
     * The id of what a poll observed.
     *
     * @param contentHash hash of the observed core
     * @param platformTime the observation's time, or null if it had none
     */
    public static UUID poll(UUID applicationId, String journeyId, String contentHash, @Nullable Instant platformTime) {
        return named(
                "poll",
                applicationId.toString(),
                journeyId,
                contentHash,
                platformTime == null ? "" : Long.toString(platformTime.toEpochMilli()));
    }

    /** The id of a version of a journey, on {@code journey-changes}. */
    public static UUID change(BorrowerKey borrower, String journeyId, long version) {
        return named("change", borrower.journeyKey(journeyId), Long.toString(version));
    }

    /** The id of a version of a journey, on {@code journeys}. */
    public static UUID state(BorrowerKey borrower, String journeyId, long version) {
        return named("state", borrower.journeyKey(journeyId), Long.toString(version));
    }

    /** The id of one attempt to notify one device of one change. */
    public static UUID delivery(UUID changeId, String deviceId, int attempt) {
        return named("delivery", changeId.toString(), deviceId, Integer.toString(attempt));
    }

    /** The id of anything else that is named by its kind and parts, such as a derived idempotency key. */
    public static UUID named(String kind, String... parts) {
        return uuid5(NAMESPACE, kind + "\u001f" + String.join("\u001f", parts));
    }

    private static UUID uuid5(UUID namespace, String name) {
        try {
            var sha1 = MessageDigest.getInstance("SHA-1");
            sha1.update(ByteBuffer.allocate(16)
                    .putLong(namespace.getMostSignificantBits())
                    .putLong(namespace.getLeastSignificantBits())
                    .array());
            var hash = ByteBuffer.wrap(sha1.digest(name.getBytes(UTF_8)));
            var high = (hash.getLong() & ~0xF000L) | 0x5000L;
            var low = (hash.getLong() & 0x3FFFFFFFFFFFFFFFL) | 0x8000000000000000L;
            return new UUID(high, low);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has SHA-1.", e);
        }
    }
}
