package dev.borrowerjourney.projector.projection;

import dev.borrowerjourney.projector.projection.Decoded.Legible;
import dev.borrowerjourney.projector.projection.Decoded.Poison;
import dev.borrowerjourney.projector.projection.SnapshotReader.InvalidSnapshot;
import dev.borrowerjourney.schemas.event.JourneySnapshot;
import dev.borrowerjourney.schemas.serde.ContractSerdes;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import io.confluent.kafka.serializers.KafkaAvroDeserializer;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;

/**
 * Decodes by the registry's schemas. A schema that the registry does not give is trouble of the registry, which may be
 * away or restored from an old copy: it is asked again, and the record is not blamed.
 */
final class KafkaSnapshots implements Snapshots {

    private static final byte MAGIC = 0;
    private static final int HEADER = 5;

    /** Registries count from here. Bytes that are all zero name no schema, and no registry will ever have it. */
    private static final int FIRST_ID = 1;

    private final String topic;
    private final String subject;

    // Avro's readers, which the deserializer keeps, belong to one thread.
    private final ThreadLocal<KafkaAvroDeserializer> deserializer;

    KafkaSnapshots(String topic, ContractSerdes serdes) {
        this.topic = topic;
        this.subject = topic + "-value";
        this.deserializer = ThreadLocal.withInitial(() -> (KafkaAvroDeserializer) (Object) serdes.deserializer());
    }

    @Override
    public Decoded decode(SourceRecord source) {
        var value = source.value();
        if (value == null) {
            return new Poison(source, PoisonReason.EMPTY, null);
        }
        if (value.length < HEADER || value[0] != MAGIC) {
            return new Poison(source, PoisonReason.NOT_AVRO, null);
        }
        int schemaId = ByteBuffer.wrap(value, 1, Integer.BYTES).getInt();
        if (schemaId < FIRST_ID) {
            return new Poison(source, PoisonReason.NOT_AVRO, null);
        }
        askFor(schemaId);
        return decode(source, value);
    }

    /**
     * Once for each schema: the client keeps what it got, by subject and id. Asked as the deserializer will ask, so that it
     * finds the schema there and needs no second answer, whose failure could not be told from poison.
     */
    private void askFor(int schemaId) {
        try {
            deserializer.get().getSchemaRegistryClient().getSchemaBySubjectAndId(subject, schemaId);
        } catch (IOException | RestClientException e) {
            throw new SchemaUnavailable(schemaId, e);
        }
    }

    private Decoded decode(SourceRecord source, byte[] value) {
        try {
            return switch (deserializer.get().deserialize(topic, value)) {
                case JourneySnapshot snapshot -> new Legible(source, SnapshotReader.read(source, snapshot));
                case null -> new Poison(source, PoisonReason.EMPTY, null);
                default -> new Poison(source, PoisonReason.OTHER_TYPE, null);
            };
        } catch (SerializationException e) {
            return new Poison(source, PoisonReason.UNDECODABLE, typeOf(e.getCause()));
        } catch (InvalidSnapshot e) {
            return new Poison(source, PoisonReason.INVALID, e.getMessage());
        }
    }

    private static @Nullable String typeOf(@Nullable Throwable cause) {
        return cause == null ? null : cause.getClass().getSimpleName();
    }

    /** The registry did not give a schema. */
    static final class SchemaUnavailable extends RuntimeException {
        SchemaUnavailable(int schemaId, Exception cause) {
            super("schema " + schemaId + ": the registry does not give it (" + cause.getMessage() + ")", cause);
        }
    }
}
