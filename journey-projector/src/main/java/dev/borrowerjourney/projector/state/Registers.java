package dev.borrowerjourney.projector.state;

import dev.borrowerjourney.projector.law.Content;
import dev.borrowerjourney.projector.law.Provenance;
import dev.borrowerjourney.projector.law.Register;
import dev.borrowerjourney.projector.law.Source;
import dev.borrowerjourney.projector.law.Timing;
import dev.borrowerjourney.schemas.event.CoreRegister;
import dev.borrowerjourney.schemas.event.DetailsRegister;
import java.time.Instant;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A register of the law as the database and the topic of latest states keep it; null while it is empty. */
public final class Registers {

    private static final JsonMapper JSON = JsonMapper.shared();

    private Registers() {}

    public static @Nullable String json(@Nullable Register register) {
        if (register == null) {
            return null;
        }
        return Contents.written(json -> {
            Contents.write(json, "sequence", register.timing().sequence());
            Contents.write(json, "time", register.timing().time());
            Contents.write(json, "askedTime", register.timing().askedTime());
            Contents.write(json, "hash", register.content().hash());
            Contents.write(json, "source", register.provenance().source());
            Contents.write(json, "eventId", register.provenance().eventId());
            Contents.write(json, "receivedAt", register.provenance().receivedAt());
            json.writeName("content");
            json.writeRawValue(register.content().canonical());
        });
    }

    public static @Nullable Register readCore(@Nullable String json) {
        return read(json, content -> Contents.of(Contents.core(content)));
    }

    public static @Nullable Register readDetails(@Nullable String json) {
        return read(json, content -> Contents.of(Contents.details(content)));
    }

    public static @Nullable CoreRegister core(@Nullable Register register) {
        if (register == null) {
            return null;
        }
        return new CoreRegister(
                register.timing().sequence(),
                register.timing().time(),
                register.timing().askedTime(),
                register.content().hash(),
                source(register.provenance().source()),
                register.provenance().eventId(),
                register.provenance().receivedAt(),
                Contents.readCore(register.content()));
    }

    public static @Nullable DetailsRegister details(@Nullable Register register) {
        if (register == null) {
            return null;
        }
        return new DetailsRegister(
                register.timing().sequence(),
                register.timing().time(),
                register.timing().askedTime(),
                register.content().hash(),
                source(register.provenance().source()),
                register.provenance().eventId(),
                register.provenance().receivedAt(),
                Contents.readDetails(register.content()));
    }

    private static dev.borrowerjourney.schemas.event.Source source(Source source) {
        return dev.borrowerjourney.schemas.event.Source.valueOf(source.name());
    }

    private static @Nullable Register read(@Nullable String json, Function<JsonNode, Content> content) {
        if (json == null) {
            return null;
        }
        var node = JSON.readTree(json);
        var sequence = node.path("sequence");
        return new Register(
                new Timing(
                        sequence.isNumber() ? sequence.asLong() : null,
                        Contents.instant(node, "time"),
                        Contents.instant(node, "askedTime")),
                content.apply(node.required("content")),
                new Provenance(
                        Source.valueOf(node.required("source").asString()),
                        node.required("eventId").asString(),
                        Instant.parse(node.required("receivedAt").asString())));
    }
}
