package dev.borrowerjourney.sandbox.platform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** The OpenAPI document, to be held against what really goes over the wire. */
final class PlatformDocument {

    static final Path FILE = Path.of("src/main/resources/static/openapi.yaml");

    private static final PlatformDocument SHARED = new PlatformDocument();

    private final JsonNode root;
    private final Schemas schemas;
    private final Set<String> answered = ConcurrentHashMap.newKeySet();

    private PlatformDocument() {
        try {
            root = TestPlatform.JSON.valueToTree(new Yaml().load(Files.readString(FILE)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        schemas = new Schemas(root);
    }

    static PlatformDocument shared() {
        return SHARED;
    }

    JsonNode root() {
        return root;
    }

    /** Operations that answered, and how: {@code getState 200}. */
    Set<String> answered() {
        return answered;
    }

    JsonNode operation(String method, String template) {
        return root.path("paths").path(template).path(method.toLowerCase(Locale.ROOT));
    }

    /** The schema of a 2xx answer's data, or of the whole answer where there is no envelope. */
    JsonNode dataOf(JsonNode operation) {
        JsonNode schema = operation.at("/responses/200/content/application~1json/schema");
        return schema.has("allOf") ? resolved(schema.at("/allOf/1/properties/data")) : resolved(schema);
    }

    /** What of an answer is not described; empty for paths that are none of the document's, such as the admin surface. */
    List<String> faults(String method, String path, int status, Set<String> headers, String body) {
        Optional<String> template = template(path.replaceFirst("\\?.*", ""));
        JsonNode operation = template.map(it -> operation(method, it)).orElse(MissingNode.getInstance());
        if (operation.isMissingNode()) {
            return List.of();
        }
        String name = operation.path("operationId").asString() + " " + status;
        answered.add(name);
        JsonNode response = resolved(operation.path("responses").path(Integer.toString(status)));
        if (response.isMissingNode()) {
            return List.of(name + ": not described");
        }
        List<String> faults = new ArrayList<>();
        headers.stream()
                .filter(header -> header.startsWith("x-") || header.startsWith("idempotency"))
                .filter(header -> !described(response, header))
                .forEach(header -> faults.add("header " + header + ": not described"));
        try {
            faults.addAll(
                    schemas.faults(response.at("/content/application~1json/schema"), TestPlatform.JSON.readTree(body)));
        } catch (JacksonException e) {
            faults.add("no JSON");
        }
        return faults.stream().map(fault -> name + " " + fault).toList();
    }

    /** What of a webhook is not described. */
    List<String> faultsOfWebhook(JsonNode body) {
        return schemas.faults(
                root.at("/webhooks/journeySnapshot/post/requestBody/content/application~1json/schema"), body);
    }

    JsonNode resolved(JsonNode node) {
        return schemas.resolved(node);
    }

    private Optional<String> template(String path) {
        return root.path("paths").propertyNames().stream()
                .filter(template -> path.matches(template.replaceAll("\\{[^}]*}", "[^/]+")))
                // The one without a variable is the more exact.
                .min((one, other) -> Integer.compare(variables(one), variables(other)));
    }

    private static int variables(String template) {
        return template.split("\\{", -1).length;
    }

    private static boolean described(JsonNode response, String header) {
        return response.path("headers").propertyNames().stream().anyMatch(header::equalsIgnoreCase);
    }

    /** As much of JSON Schema as the document uses; objects are closed unless the schema says what else they may have. */
    private record Schemas(JsonNode root) {

        JsonNode resolved(JsonNode node) {
            String reference = node.path("$ref").asString("");
            return reference.isEmpty() ? node : root.at(reference.substring(1));
        }

        List<String> faults(JsonNode schema, JsonNode value) {
            List<String> faults = new ArrayList<>();
            check(schema, value, "", faults);
            Members members = Members.of(this, schema);
            closed(members, value, "", faults);
            return faults;
        }

        private void check(JsonNode unresolved, JsonNode value, String at, List<String> faults) {
            JsonNode schema = resolved(unresolved);
            schema.path("allOf").forEach(part -> check(part, value, at, faults));
            if (schema.has("oneOf")
                    && schema.path("oneOf")
                                    .valueStream()
                                    .filter(part -> fits(part, value))
                                    .count()
                            != 1) {
                faults.add(at + ": fits not exactly one");
            }
            if (schema.has("type") && !ofType(schema.path("type"), value)) {
                faults.add(at + ": of another type than " + schema.path("type"));
                return;
            }
            checkText(schema, value, at, faults);
            schema.path("required").forEach(name -> {
                if (value.isObject() && !value.has(name.asString())) {
                    faults.add(at + "/" + name.asString() + ": missing");
                }
            });
            schema.path("properties").propertyStream().forEach(member -> {
                if (value.has(member.getKey())) {
                    check(member.getValue(), value.path(member.getKey()), at + "/" + member.getKey(), faults);
                }
            });
            if (schema.has("items")) {
                value.forEach(item -> check(schema.path("items"), item, at + "/*", faults));
            }
        }

        private static void checkText(JsonNode schema, JsonNode value, String at, List<String> faults) {
            if (schema.has("enum") && schema.path("enum").valueStream().noneMatch(value::equals)) {
                faults.add(at + ": none of the values");
            }
            if (schema.has("const") && !schema.path("const").equals(value)) {
                faults.add(at + ": another value");
            }
            if (value.isString()
                    && schema.has("pattern")
                    && !value.asString().matches(schema.path("pattern").asString())) {
                faults.add(at + ": not of the pattern");
            }
            if (value.isString() && schema.path("format").asString("").equals("date-time")) {
                try {
                    Instant.parse(value.asString());
                } catch (DateTimeParseException _) {
                    faults.add(at + ": no time");
                }
            }
        }

        private boolean fits(JsonNode schema, JsonNode value) {
            return faults(schema, value).isEmpty();
        }

        private void closed(Members members, JsonNode value, String at, List<String> faults) {
            if (value.isArray()) {
                value.forEach(item ->
                        members.items().forEach(items -> closed(Members.of(this, items), item, at + "/*", faults)));
            }
            if (!value.isObject() || members.open()) {
                return;
            }
            value.propertyStream().forEach(member -> {
                List<JsonNode> described = members.properties().stream()
                        .map(each -> each.path(member.getKey()))
                        .filter(each -> !each.isMissingNode())
                        .toList();
                if (described.isEmpty()) {
                    faults.add(at + "/" + member.getKey() + ": not described");
                } else {
                    closed(
                            Members.of(this, described.toArray(JsonNode[]::new)),
                            member.getValue(),
                            at + "/" + member.getKey(),
                            faults);
                }
            });
        }

        private static boolean ofType(JsonNode type, JsonNode value) {
            if (type.isArray()) {
                return type.valueStream().anyMatch(each -> ofType(each, value));
            }
            return switch (type.asString()) {
                case "object" -> value.isObject();
                case "array" -> value.isArray();
                case "string" -> value.isString();
                case "boolean" -> value.isBoolean();
                case "number" -> value.isNumber();
                case "integer" -> value.isIntegralNumber();
                case "null" -> value.isNull();
                default -> throw new IllegalArgumentException("type " + type);
            };
        }
    }

    /** What all parts of a schema together say of an object's members. */
    private record Members(List<JsonNode> properties, List<JsonNode> items, boolean open) {

        static Members of(Schemas schemas, JsonNode... parts) {
            List<JsonNode> properties = new ArrayList<>();
            List<JsonNode> items = new ArrayList<>();
            boolean open = false;
            for (JsonNode part : parts) {
                JsonNode schema = schemas.resolved(part);
                open |= schema.has("additionalProperties") || (schema.isEmpty() && parts.length == 1);
                if (schema.has("properties")) {
                    properties.add(schema.path("properties"));
                }
                if (schema.has("items")) {
                    items.add(schema.path("items"));
                }
                for (String several : List.of("allOf", "oneOf")) {
                    for (JsonNode each : schema.path(several)) {
                        Members more = of(schemas, each);
                        properties.addAll(more.properties());
                        items.addAll(more.items());
                        open |= more.open();
                    }
                }
            }
            return new Members(properties, items, open);
        }
    }
}
