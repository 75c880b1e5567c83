package dev.borrowerjourney.schemas.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.Set;
import java.util.function.BiConsumer;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TopicCatalogueTest {

    static final Set<String> CLASSES = Set.of("public", "internal", "pseudonymous", "personal", "secret");
    static final Set<String> RESTRICTING = Set.of("personal", "secret");

    static Iterable<Topic> topics() {
        return TopicCatalogue.topics();
    }

    @Test
    void holdsTheTopicsOfTheArchitecture() {
        assertThat(TopicCatalogue.topics())
                .extracting(Topic::name)
                .containsExactly(
                        "journey-snapshots",
                        "journey-changes",
                        "journeys",
                        "notification-deliveries",
                        "journey-snapshots-quarantine",
                        "journey-snapshots-dead-letters",
                        "erasures");
    }

    @ParameterizedTest
    @MethodSource("topics")
    void classesAndDocumentsEveryField(Topic topic) {
        eachField(topic.schema(), (path, field) -> {
            assertThat(field.doc()).as("doc of %s", path).isNotBlank();
            assertThat(CLASSES).as("dataClass of %s", path).contains(String.valueOf(field.getObjectProp("dataClass")));
        });
    }

    @ParameterizedTest
    @MethodSource("topics")
    void restrictsExactlyTheTopicsWithPersonalFields(Topic topic) {
        var classes = new HashSet<String>();
        eachField(topic.schema(), (_, field) -> classes.add(String.valueOf(field.getObjectProp("dataClass"))));

        assertThat(topic.dataClass())
                .isEqualTo(classes.stream().anyMatch(RESTRICTING::contains) ? "restricted" : "internal");
    }

    /** What only Java's code generator reads would be noise to every other language, and would break the look-up. */
    @ParameterizedTest
    @MethodSource("topics")
    void registersSchemasWithoutJavaTypes(Topic topic) {
        assertThat(topic.schema().toString()).doesNotContain("avro.java.string");
    }

    @ParameterizedTest
    @MethodSource("topics")
    void expiresWhatIsNotCompacted(Topic topic) {
        assertThat(topic.retention() == null).isEqualTo(topic.cleanup().equals("compact"));
        assertThat(topic.settings()).containsEntry("cleanup.policy", topic.cleanup());
    }

    @Test
    void tellsTheNamesItKnows() {
        assertThatThrownBy(() -> TopicCatalogue.topic("journey-snapshot"))
                .hasMessageContaining("journey-snapshot ")
                .hasMessageContaining("journey-snapshots,");
    }

    private static void eachField(Schema schema, BiConsumer<String, Schema.Field> visitor) {
        eachField(schema, schema.getName(), new HashSet<>(), visitor);
    }

    private static void eachField(
            Schema schema, String path, Set<String> seen, BiConsumer<String, Schema.Field> visitor) {
        switch (schema.getType()) {
            case RECORD -> {
                if (seen.add(schema.getFullName())) {
                    schema.getFields().forEach(field -> {
                        visitor.accept(path + "." + field.name(), field);
                        eachField(field.schema(), path + "." + field.name(), seen, visitor);
                    });
                }
            }
            case UNION -> schema.getTypes().forEach(type -> eachField(type, path, seen, visitor));
            case ARRAY -> eachField(schema.getElementType(), path, seen, visitor);
            case MAP -> eachField(schema.getValueType(), path, seen, visitor);
            case ENUM, STRING, BYTES, INT, LONG, FLOAT, DOUBLE, BOOLEAN, NULL, FIXED -> {}
        }
    }
}
