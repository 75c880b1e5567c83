package dev.borrowerjourney.schemas.registration;

import dev.borrowerjourney.schemas.registration.Outcome.Incompatible;
import dev.borrowerjourney.schemas.registration.Outcome.Registered;
import dev.borrowerjourney.schemas.registration.Outcome.Registrable;
import dev.borrowerjourney.schemas.registration.Outcome.Unchanged;
import dev.borrowerjourney.schemas.topic.Topic;
import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Brings one subject of a registry to what the contract says, or says why that would break somebody. */
class Registration {

    static final String COMPATIBILITY = "FULL_TRANSITIVE";

    private static final int NOT_FOUND = 404;

    private final SchemaRegistryClient registry;

    Registration(SchemaRegistryClient registry) {
        this.registry = registry;
    }

    /** What {@link #apply} would do. Changes nothing. */
    Outcome check(Topic topic) throws IOException, RestClientException {
        var schema = new AvroSchema(topic.schema());
        var id = registeredId(topic, schema);
        if (id.isPresent()) {
            return new Unchanged(id.get());
        }
        var reasons = incompatibilities(topic, schema);
        return reasons.isEmpty() ? new Registrable() : new Incompatible(reasons);
    }

    /** Registers the schema where it is new and compatible, and pins the subject's compatibility. */
    Outcome apply(Topic topic) throws IOException, RestClientException {
        var outcome = check(topic);
        if (outcome instanceof Incompatible) {
            return outcome;
        }
        var settled = outcome instanceof Registrable
                ? new Registered(registry.register(topic.subject(), new AvroSchema(topic.schema())))
                : outcome;
        registry.updateCompatibility(topic.subject(), COMPATIBILITY);
        return settled;
    }

    private Optional<Integer> registeredId(Topic topic, AvroSchema schema) throws IOException, RestClientException {
        try {
            return Optional.of(registry.getId(topic.subject(), schema));
        } catch (RestClientException e) {
            if (e.getStatus() == NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private List<String> incompatibilities(Topic topic, AvroSchema schema) throws IOException, RestClientException {
        try {
            return registry.testCompatibilityVerbose(topic.subject(), schema);
        } catch (RestClientException e) {
            if (e.getStatus() == NOT_FOUND) {
                return List.of();
            }
            throw e;
        }
    }
}
