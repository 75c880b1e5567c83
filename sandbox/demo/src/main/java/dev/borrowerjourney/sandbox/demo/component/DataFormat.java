package dev.borrowerjourney.sandbox.demo.component;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.borrowerjourney.sandbox.demo.place.Layout;
import dev.borrowerjourney.sandbox.demo.place.OwnFiles;
import dev.borrowerjourney.sandbox.demo.start.StartFailed;
import dev.borrowerjourney.schemas.topic.TopicCatalogue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarFile;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the kept data was written with: the formats of the programs, the schemas of the contract, the migrations of the
 * databases. Until the first release of the schemas none of these has a way from old to new.
 */
final class DataFormat {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final TypeReference<TreeMap<String, String>> TEXTS = new TypeReference<>() {};

    private final Layout layout;
    private final List<Path> jarsWithMigrations;

    DataFormat(Layout layout, List<Path> jarsWithMigrations) {
        this.layout = layout;
        this.jarsWithMigrations = jarsWithMigrations;
    }

    /** Refuses data that today's programs would misread, and writes down what new data is written with. */
    void check() throws IOException {
        var now = now();
        if (Files.exists(layout.data())) {
            compare(now);
        }
        OwnFiles.write(file(), JSON.writerWithDefaultPrettyPrinter().writeValueAsString(now));
    }

    private void compare(Map<String, String> now) throws IOException {
        if (!Files.exists(file())) {
            throw refused(List.of("it does not say what wrote it"));
        }
        if (!Files.exists(layout.secrets())) {
            throw refused(List.of("the secrets it was written with are gone"));
        }
        var differences = new ArrayList<String>();
        JSON.readValue(Files.readString(file()), TEXTS).forEach((what, then) -> {
            if (!then.equals(now.get(what))) {
                differences.add(what + (now.containsKey(what) ? " has changed" : " is no longer there"));
            }
        });
        if (!differences.isEmpty()) {
            throw refused(differences);
        }
    }

    private StartFailed refused(List<String> differences) {
        return new StartFailed(
                "the data in " + layout.data() + " is from another build: " + String.join(", ", differences)
                        + ". Start with --fresh to begin anew (the data is deleted).",
                null);
    }

    private Map<String, String> now() throws IOException {
        var now = new TreeMap<String, String>();
        now.put("layout", "1");
        now.put("PostgreSQL", PostgresPrograms.MAJOR);
        for (var topic : TopicCatalogue.topics()) {
            now.put("schema " + topic.subject(), hash(topic.schema().toString().getBytes(UTF_8)));
        }
        for (var jar : jarsWithMigrations) {
            addMigrations(jar, now);
        }
        return now;
    }

    private static void addMigrations(Path jar, Map<String, String> now) throws IOException {
        if (!Files.exists(jar)) {
            return;
        }
        try (var archive = new JarFile(jar.toFile())) {
            for (var entry : archive.stream().toList()) {
                if (entry.getName().contains("db/migration/") && entry.getName().endsWith(".sql")) {
                    try (var content = archive.getInputStream(entry)) {
                        now.put(
                                "migration " + jar.getFileName() + " "
                                        + Path.of(entry.getName()).getFileName(),
                                hash(content.readAllBytes()));
                    }
                }
            }
        }
    }

    private static String hash(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256.", e);
        }
    }

    private Path file() {
        return layout.data().resolve("format.json");
    }
}
