package dev.borrowerjourney.defaults.testing;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.Request;
import com.atlassian.oai.validator.model.SimpleResponse;
import com.atlassian.oai.validator.report.LevelResolver;
import com.atlassian.oai.validator.report.ValidationReport;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a service's OpenAPI document says of its answers, to be held against real ones. A path whose item says
 * {@code x-rest-of-path: true} stands for all below it, which OpenAPI itself cannot say.
 */
public final class OpenApiDocument {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Set<Integer> NOWHERE = Set.of(400, 401, 404, 405);

    private final OpenApiInteractionValidator validator;
    private final OpenAPI model;

    private OpenApiDocument(String text) {
        validator = OpenApiInteractionValidator.createForInlineApiSpecification(text)
                // Its parts of an allOf do not know each other's members; they are looked for below.
                .withLevelResolver(LevelResolver.create()
                        .withLevel("validation.schema.additionalProperties", ValidationReport.Level.IGNORE)
                        .build())
                .build();
        var options = new ParseOptions();
        options.setResolve(true);
        options.setResolveFully(true);
        model = new OpenAPIV3Parser().readContents(text, null, options).getOpenAPI();
    }

    public static OpenApiDocument at(Path file) {
        try {
            return new OpenApiDocument(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether the path is one of this service's, described or not. */
    public boolean covers(String path) {
        return model.getPaths().keySet().stream()
                .map(described -> described.replaceFirst("/\\{.*", ""))
                .anyMatch(prefix -> path.equals(prefix) || path.startsWith(prefix + "/"));
    }

    /** What of an answer is not described; empty if all is. */
    public List<String> faults(String method, String path, int status, Map<String, List<String>> headers, byte[] body) {
        var known = Arrays.stream(Request.Method.values())
                .anyMatch(value -> value.name().equals(method));
        if (!covers(path) || !known || method.equals("OPTIONS")) {
            return List.of();
        }
        var answer = SimpleResponse.Builder.status(status);
        headers.forEach(answer::withHeader);
        if (body.length > 0) {
            answer.withBody(body);
        }
        var report = validator.validateResponse(withoutRest(path), Request.Method.valueOf(method), answer.build());
        var nowhere = report.getMessages().stream()
                .anyMatch(message -> message.getKey().startsWith("validation.request.path.missing")
                        || message.getKey().startsWith("validation.request.operation.notAllowed"));
        if (nowhere && NOWHERE.contains(status)) {
            return List.of();
        }
        var faults = new ArrayList<String>();
        if (report.hasErrors()) {
            report.getMessages().forEach(message -> faults.add(message.toString()));
        }
        schemaOf(method, path, status, headers).ifPresent(schema -> faults.addAll(members(schema, body)));
        return faults;
    }

    private String withoutRest(String path) {
        return rest(path).map(prefix -> prefix + "/rest").orElse(path);
    }

    private Optional<String> rest(String path) {
        return model.getPaths().entrySet().stream()
                .filter(entry -> entry.getValue().getExtensions() != null
                        && Boolean.TRUE.equals(entry.getValue().getExtensions().get("x-rest-of-path")))
                .map(entry -> entry.getKey().replaceFirst("/\\{.*", ""))
                .filter(prefix -> path.startsWith(prefix + "/"))
                .findFirst();
    }

    private Optional<Schema<?>> schemaOf(String method, String path, int status, Map<String, List<String>> headers) {
        var type = headers.entrySet().stream()
                .filter(header -> header.getKey().equalsIgnoreCase("Content-Type"))
                .map(header -> header.getValue().getFirst().replaceFirst(";.*", ""))
                .findFirst()
                .orElse("");
        return operation(method, withoutRest(path))
                .flatMap(operation -> Optional.ofNullable(operation
                        .getResponses()
                        .getOrDefault(
                                Integer.toString(status),
                                operation.getResponses().get("default"))))
                .flatMap(response -> Optional.ofNullable(response.getContent()))
                .flatMap(content -> Optional.ofNullable(content.get(type)))
                .map(media -> media.getSchema());
    }

    private Optional<Operation> operation(String method, String path) {
        return model.getPaths().entrySet().stream()
                .filter(entry -> path.matches(entry.getKey().replaceAll("\\{[^}]*}", "[^/]+")))
                .map(entry -> entry.getValue().readOperationsMap().get(PathItem.HttpMethod.valueOf(method)))
                .filter(operation -> operation != null)
                .findFirst();
    }

    private static List<String> members(Schema<?> schema, byte[] body) {
        var unknown = new ArrayList<String>();
        try {
            find(schema, JSON.readTree(body), "", unknown);
        } catch (JacksonException e) {
            unknown.add("no JSON");
        }
        return unknown;
    }

    /** An object of which no member is named may have any. */
    private static void find(Schema<?> schema, JsonNode node, String pointer, List<String> unknown) {
        if (node.isArray() && schema.getItems() != null) {
            node.forEach(item -> find(schema.getItems(), item, pointer + "/*", unknown));
        }
        var members = membersOf(schema);
        if (!node.isObject() || members.isEmpty() || schema.getAdditionalProperties() != null) {
            return;
        }
        node.properties().forEach(member -> {
            var described = members.get(member.getKey());
            if (described == null) {
                unknown.add("not described: " + pointer + "/" + member.getKey());
            } else {
                find(described, member.getValue(), pointer + "/" + member.getKey(), unknown);
            }
        });
    }

    @SuppressWarnings("rawtypes") // As the model has them.
    private static Map<String, Schema<?>> membersOf(Schema<?> schema) {
        var members = new TreeMap<String, Schema<?>>();
        if (schema.getProperties() != null) {
            schema.getProperties().forEach((name, property) -> members.put(name, property));
        }
        Stream.of(schema.getAllOf(), schema.getAnyOf(), schema.getOneOf())
                .filter(parts -> parts != null)
                .flatMap(List::stream)
                .forEach(part -> members.putAll(membersOf(part)));
        return members;
    }
}
