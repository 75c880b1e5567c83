package dev.borrowerjourney.session.relay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Held against what removing from a tree leaves, on random answers. */
class CleaningTest {

    static final JsonMapper JSON = JsonMapper.builder().build();
    static final List<String> NAMES =
            List.of("a", "b", "ä\"\\", "bap_id", "BPP-uri", "context", "domain", "action", "ttl", "version", "x", "");
    static final List<String> TEXTS =
            List.of("", "kept", "on_search", "on_hold", "an ONDC:RET10 order", "Beckn_Protocol", "ö\u0000\n\"");
    static final Set<String> UNMISTAKABLE = Set.of("bapid", "bppuri");
    static final Set<String> OF_A_CONTEXT = Set.of("bapid", "bppuri", "domain", "action", "ttl", "version");
    static final Set<String> INTERNAL = Set.of("on_search", "an ONDC:RET10 order", "Beckn_Protocol");

    static IntStream seeds() {
        return IntStream.range(0, 500);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void leavesWhatATreeWouldLeave(int seed) {
        var random = new Random(seed);
        var tree = object(random, 4);
        var text = random.nextBoolean() ? tree.toString() : tree.toPrettyString();

        var cleaned = Cleaning.of(text.getBytes(UTF_8), new NetworkInternals(false));
        int removed = removeFrom(tree);

        assertThat(JSON.readTree(cleaned.body())).isEqualTo(tree);
        assertThat(cleaned.removed()).isEqualTo(removed);
    }

    private static ObjectNode object(Random random, int depth) {
        var object = JSON.createObjectNode();
        for (int i = random.nextInt(6); i > 0; i--) {
            object.set(NAMES.get(random.nextInt(NAMES.size())), value(random, depth - 1));
        }
        return object;
    }

    private static JsonNode value(Random random, int depth) {
        return switch (random.nextInt(depth > 0 ? 7 : 5)) {
            case 0 -> JSON.getNodeFactory().numberNode(random.nextInt());
            case 1 -> JSON.getNodeFactory().nullNode();
            case 2 -> JSON.getNodeFactory().numberNode(random.nextDouble());
            case 3, 4 -> JSON.getNodeFactory().stringNode(TEXTS.get(random.nextInt(TEXTS.size())));
            case 5 -> {
                var array = JSON.createArrayNode();
                for (int i = random.nextInt(4); i > 0; i--) {
                    array.add(value(random, depth - 1));
                }
                yield array;
            }
            default -> object(random, depth);
        };
    }

    private static int removeFrom(JsonNode node) {
        return switch (node) {
            case ObjectNode object -> removeMembers(object);
            case ArrayNode array -> {
                int before = array.size();
                array.removeIf(CleaningTest::isInternal);
                yield before
                        - array.size()
                        + array.valueStream().mapToInt(CleaningTest::removeFrom).sum();
            }
            default -> 0;
        };
    }

    private static int removeMembers(ObjectNode object) {
        int removed = 0;
        for (var name : new ArrayList<>(object.propertyNames())) {
            var value = object.path(name);
            if (UNMISTAKABLE.contains(folded(name))
                    || isInternal(value)
                    || (folded(name).equals("context") && isContext(value))) {
                object.remove(name);
                removed++;
            } else {
                removed += removeFrom(value);
            }
        }
        return removed;
    }

    private static boolean isInternal(JsonNode value) {
        return value.isString() && INTERNAL.contains(value.stringValue());
    }

    private static boolean isContext(JsonNode value) {
        return value instanceof ObjectNode object
                && object.propertyNames().stream()
                                .map(CleaningTest::folded)
                                .filter(OF_A_CONTEXT::contains)
                                .distinct()
                                .count()
                        >= 3;
    }

    private static String folded(String name) {
        return name.replace("_", "").replace("-", "").toLowerCase(Locale.ROOT);
    }
}
