package dev.borrowerjourney.schemas.topic;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.avro.Schema;

/** Takes generated schemas back to what was written by hand. */
final class RegisteredSchemas {

    private static final ObjectMapper JSON = new ObjectMapper();

    private RegisteredSchemas() {}

    /** The serializer does the same with its setting {@code avro.remove.java.properties}, so that it finds the schema. */
    static Schema registered(Schema generated) {
        try {
            var tree = JSON.readTree(generated.toString());
            return new Schema.Parser().parse(withoutJavaType(tree).toString());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A parsed schema is always JSON.", e);
        }
    }

    private static JsonNode withoutJavaType(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.remove("avro.java.string");
            if (object.size() == 1 && object.path("type").isTextual()) {
                return object.get("type");
            }
            object.properties().forEach(member -> member.setValue(withoutJavaType(member.getValue())));
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                array.set(i, withoutJavaType(array.get(i)));
            }
        }
        return node;
    }
}
