package dev.borrowerjourney.schemas.seal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import java.security.GeneralSecurityException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The keys that seal one application's deliveries, over their lives. A key is added first, so that every reader knows it;
 * a later rotation makes it the one that seals; the next one retires it; and it is destroyed once everything it sealed has
 * left the log. Tink's format holds no times, so they are kept beside it, which is no secret. Immutable.
 */
public final class SealKeyset {

    /** Where a key is in its life. */
    public enum Stage {
        /** Known to readers, seals nothing yet. */
        NEXT,
        /** Seals, and opens. */
        SEALING,
        /** Opens what it sealed. */
        RETIRED
    }

    /**
     * One key.
     *
     * @param addedAt null if it was added before times were kept
     * @param sealingFrom null before it seals, and if it sealed before times were kept
     * @param sealingUntil null until it is known to have stopped
     */
    public record Key(
            int id,
            Stage stage,
            @Nullable Instant addedAt,
            @Nullable Instant sealingFrom,
            @Nullable Instant sealingUntil) {

        private boolean stoppedBefore(Instant instant) {
            return stage == Stage.RETIRED && sealingUntil != null && !sealingUntil.isAfter(instant);
        }
    }

    /** What a rotation came to. */
    public sealed interface Rotation {

        /** There was no next key: one was added, and seals nothing before the rotation after this. */
        record Prepared(SealKeyset keyset, int added) implements Rotation {}

        /** The next key seals from now on, and another next one was added. */
        record Rotated(SealKeyset keyset, int retired, int sealing, int added) implements Rotation {}

        /** The next key was added too short a time ago for every reader to know it. */
        record NotSettled(int next, Instant addedAt) implements Rotation {}
    }

    private record Times(
            @Nullable Instant addedAt,
            @Nullable Instant sealingFrom,
            @Nullable Instant sealingUntil) {

        static final Times UNKNOWN = new Times(null, null, null);

        Instant addedAt(Instant otherwise) {
            return addedAt == null ? otherwise : addedAt;
        }
    }

    private static final ObjectMapper JSON = new ObjectMapper();

    private final KeysetHandle keys;
    private final Map<Integer, Times> times;

    private SealKeyset(KeysetHandle keys, Map<Integer, Times> times) {
        this.keys = keys;
        this.times = Map.copyOf(times);
    }

    /**
     * Reads a keyset and what is known of its times.
     *
     * @param timesJson as {@link #timesJson} gave it, or null where there is none yet
     * @throws IllegalArgumentException if one of them is unreadable; the message does not hold the keyset
     */
    public static SealKeyset of(String keysetJson, @Nullable String timesJson) {
        try {
            AeadConfig.register();
            var keys = TinkJsonProtoKeysetFormat.parseKeyset(
                    keysetJson, RegistryConfiguration.get(), InsecureSecretKeyAccess.get());
            return new SealKeyset(keys, timesJson == null ? Map.of() : times(timesJson));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("keyset: unreadable (expected: an AEAD keyset in Tink's JSON format)");
        }
    }

    /** All keys, in the order they were added. */
    public List<Key> keys() {
        return entries().map(this::key).toList();
    }

    /**
     * Makes the next key the one that seals, and adds another next one.
     *
     * @param settle how long readers have to learn of a key before it seals
     */
    public Rotation rotate(Instant now, Duration settle) {
        var next = next();
        if (next != null && now.isBefore(known(next).addedAt(now).plus(settle))) {
            return new Rotation.NotSettled(next, known(next).addedAt(now));
        }
        var grown = grown();
        var added = grown.getAt(grown.size() - 1).getId();
        var later = new HashMap<>(times);
        // What was destroyed since the last rotation; kept until now, so that times are never behind the keyset.
        later.keySet().retainAll(ids());
        later.put(added, new Times(now, null, null));
        if (next == null) {
            return new Rotation.Prepared(new SealKeyset(grown, later), added);
        }
        var retired = keys.getPrimary().getId();
        later.put(next, new Times(known(next).addedAt, now, null));
        later.put(retired, new Times(known(retired).addedAt, known(retired).sealingFrom, now));
        return new Rotation.Rotated(new SealKeyset(promoted(grown, next), later), retired, next, added);
    }

    /** The keys that stopped sealing that long ago. One whose end is not known is never among them. */
    public List<Key> expired(Instant now, Duration keep) {
        return keys().stream().filter(key -> key.stoppedBefore(now.minus(keep))).toList();
    }

    /** This keyset without those keys; what they sealed can never be opened again. */
    public SealKeyset without(List<Key> destroyed) {
        if (destroyed.stream().anyMatch(key -> key.stage() != Stage.RETIRED)) {
            throw new IllegalArgumentException("keys: one that seals, or the next one (expected: retired ones)");
        }
        var ids = destroyed.stream().map(Key::id).toList();
        var builder = KeysetHandle.newBuilder(keys);
        for (int i = builder.size() - 1; i >= 0; i--) {
            if (ids.contains(keys.getAt(i).getId())) {
                builder.deleteAt(i);
            }
        }
        return new SealKeyset(built(builder), times);
    }

    /** In Tink's JSON format, as {@link Seal#of} reads it. It is a secret. */
    public String keysetJson() {
        try {
            return TinkJsonProtoKeysetFormat.serializeKeyset(
                    keys, RegistryConfiguration.get(), InsecureSecretKeyAccess.get());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("What was read can be written.", e);
        }
    }

    /** The times of the keys, by their ids. It is no secret. */
    public String timesJson() {
        var json = JSON.createObjectNode();
        new TreeMap<>(times).forEach((id, known) -> {
            var node = json.putObject(Integer.toUnsignedString(id));
            put(node, "addedAt", known.addedAt);
            put(node, "sealingFrom", known.sealingFrom);
            put(node, "sealingUntil", known.sealingUntil);
        });
        return json.toPrettyString() + "\n";
    }

    /** Hides the keys. */
    @Override
    public String toString() {
        return "SealKeyset" + keys().stream().map(Key::stage).toList();
    }

    private Key key(KeysetHandle.Entry entry) {
        var known = known(entry.getId());
        var stage = entry.isPrimary() ? Stage.SEALING : isNext(entry) ? Stage.NEXT : Stage.RETIRED;
        // Times may be ahead of the keyset, if a rotation was cut off between the two files.
        var until = stage == Stage.RETIRED ? known.sealingUntil : null;
        return new Key(entry.getId(), stage, known.addedAt, stage == Stage.NEXT ? null : known.sealingFrom, until);
    }

    private boolean isNext(KeysetHandle.Entry entry) {
        var known = known(entry.getId());
        return !entry.isPrimary() && known.addedAt != null && known.sealingUntil == null;
    }

    private @Nullable Integer next() {
        return entries()
                .filter(this::isNext)
                .map(KeysetHandle.Entry::getId)
                .findFirst()
                .orElse(null);
    }

    private Times known(int id) {
        return times.getOrDefault(id, Times.UNKNOWN);
    }

    private Stream<KeysetHandle.Entry> entries() {
        return IntStream.range(0, keys.size()).mapToObj(keys::getAt);
    }

    private Set<Integer> ids() {
        return entries().map(KeysetHandle.Entry::getId).collect(Collectors.toSet());
    }

    private KeysetHandle grown() {
        var key = KeysetHandle.generateEntryFromParameters(PredefinedAeadParameters.AES256_GCM);
        return built(KeysetHandle.newBuilder(keys).addEntry(key.withRandomId()));
    }

    private static KeysetHandle promoted(KeysetHandle keys, int id) {
        var builder = KeysetHandle.newBuilder(keys);
        for (int i = 0; i < builder.size(); i++) {
            if (keys.getAt(i).getId() == id) {
                builder.getAt(i).makePrimary();
            }
        }
        return built(builder);
    }

    private static KeysetHandle built(KeysetHandle.Builder builder) {
        try {
            return builder.build();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("A keyset with a primary key can be built.", e);
        }
    }

    private static Map<Integer, Times> times(String json) {
        try {
            var times = new HashMap<Integer, Times>();
            JSON.readTree(json)
                    .properties()
                    .forEach(entry -> times.put(
                            Integer.parseUnsignedInt(entry.getKey()),
                            new Times(
                                    instant(entry.getValue(), "addedAt"),
                                    instant(entry.getValue(), "sealingFrom"),
                                    instant(entry.getValue(), "sealingUntil"))));
            return times;
        } catch (JsonProcessingException | NumberFormatException | DateTimeException e) {
            throw new IllegalArgumentException(
                    "times: unreadable (expected: {\"<key id>\": {\"addedAt\": instant, \"sealingFrom\": …}})", e);
        }
    }

    private static @Nullable Instant instant(JsonNode times, String name) {
        return times.hasNonNull(name) ? Instant.parse(times.get(name).asText()) : null;
    }

    private static void put(ObjectNode node, String name, @Nullable Instant instant) {
        if (instant != null) {
            node.put(name, instant.toString());
        }
    }
}
