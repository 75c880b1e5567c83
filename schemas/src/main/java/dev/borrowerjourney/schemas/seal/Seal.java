package dev.borrowerjourney.schemas.seal;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import dev.borrowerjourney.schemas.event.SealedDelivery;
import dev.borrowerjourney.schemas.serde.TrustedEvents;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;

/**
 * Seals what is personal in a delivery: Avro, compressed, then AEAD (Tink) under a keyset whose primary key seals and whose
 * every key opens. The application and the event are bound as associated data: a sealed part moved to another record does
 * not open. Thread-safe.
 */
public final class Seal {

    /** First byte of a sealed part; another layout gets another number. */
    private static final byte LAYOUT = 2;

    /** Far above the largest delivery, so that a damaged part cannot grow without bound. */
    private static final int MOST_BYTES = 4 * 1024 * 1024;

    private static final DeliveryCompression COMPRESSION = new DeliveryCompression();
    private static final SpecificDatumWriter<SealedDelivery> WRITER = new SpecificDatumWriter<>(SealedDelivery.class);
    private static final SpecificDatumReader<SealedDelivery> READER;

    private final Aead aead;

    static {
        TrustedEvents.trust();
        READER = new SpecificDatumReader<>(SealedDelivery.class);
    }

    private Seal(Aead aead) {
        this.aead = aead;
    }

    /**
     * Reads a cleartext keyset in Tink's JSON format.
     *
     * @throws IllegalArgumentException if it is none; the message does not hold the keyset
     */
    public static Seal of(String keysetJson) {
        try {
            AeadConfig.register();
            var handle = TinkJsonProtoKeysetFormat.parseKeyset(
                    keysetJson, RegistryConfiguration.get(), InsecureSecretKeyAccess.get());
            return new Seal(handle.getPrimitive(RegistryConfiguration.get(), Aead.class));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("keyset: unreadable (expected: an AEAD keyset in Tink's JSON format)");
        }
    }

    /** A new keyset with one AES-256-GCM key, in Tink's JSON format. It is a secret. */
    public static String newKeyset() {
        try {
            AeadConfig.register();
            var handle = KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM, RegistryConfiguration.get());
            return TinkJsonProtoKeysetFormat.serializeKeyset(
                    handle, RegistryConfiguration.get(), InsecureSecretKeyAccess.get());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Tink always has AES-256-GCM.", e);
        }
    }

    /** The sealed part of the record with this event id. */
    public ByteBuffer seal(SealedDelivery delivery, String applicationId, String eventId) {
        try {
            var sealed = aead.encrypt(COMPRESSION.compress(encoded(delivery)), associatedData(applicationId, eventId));
            return ByteBuffer.allocate(1 + sealed.length)
                    .put(LAYOUT)
                    .put(sealed)
                    .flip();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Sealing needs nothing that can be missing.", e);
        }
    }

    /**
     * Opens a sealed part.
     *
     * @throws GeneralSecurityException if no key of the keyset opens it, if it was changed, or if it belongs to another
     *     record
     */
    public SealedDelivery open(ByteBuffer sealed, String applicationId, String eventId)
            throws GeneralSecurityException {
        var bytes = new byte[sealed.remaining()];
        sealed.duplicate().get(bytes);
        if (bytes.length == 0 || bytes[0] != LAYOUT) {
            throw new GeneralSecurityException("sealed part: unknown layout");
        }
        var ciphertext = Arrays.copyOfRange(bytes, 1, bytes.length);
        return decoded(
                COMPRESSION.decompress(aead.decrypt(ciphertext, associatedData(applicationId, eventId)), MOST_BYTES));
    }

    private static byte[] associatedData(String applicationId, String eventId) {
        return (applicationId + "\u001f" + eventId).getBytes(UTF_8);
    }

    private static byte[] encoded(SealedDelivery delivery) {
        var bytes = new ByteArrayOutputStream(delivery.getBody().remaining() + 256);
        var encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
        try {
            WRITER.write(delivery, encoder);
        } catch (IOException e) {
            throw new IllegalStateException("Memory does not fail to be written.", e);
        }
        return bytes.toByteArray();
    }

    private static SealedDelivery decoded(byte[] encoded) throws GeneralSecurityException {
        try {
            return READER.read(null, DecoderFactory.get().binaryDecoder(encoded, null));
        } catch (IOException e) {
            throw new GeneralSecurityException("sealed part: damaged", e);
        }
    }

    @Override
    public String toString() {
        return "***";
    }
}
