package dev.borrowerjourney.sandbox.demo.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.borrowerjourney.sandbox.demo.place.SandboxSecrets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * Starts each packaged service with nothing but what its manifests give it, up to where it would begin to work: every
 * setting is known, every value can be bound, every secret is where it is looked for.
 */
class ServiceSettingsIT {

    static final List<String> SERVICES = KubernetesManifestsTest.SERVICES;

    private static final String APPLICATION_ID = "11111111-1111-4111-8111-111111111111";

    @TempDir
    Path directory;

    @ParameterizedTest
    @FieldSource("SERVICES")
    void startsWithSettingsAndSecretsOfItsManifests(String service) throws IOException, InterruptedException {
        var end = run(service, settings(service));

        assertThat(end.status()).as(end.output()).isZero();
    }

    /** So that the other test proves something. */
    @ParameterizedTest
    @FieldSource("SERVICES")
    void refusesMisspeltSetting(String service) throws IOException, InterruptedException {
        var settings = settings(service);
        var known = settings.keySet().stream()
                .filter(name -> name.endsWith("_SECRETS_DIRECTORY"))
                .findFirst()
                .orElseThrow();
        var misspelt = known.replace("SECRETS", "SECRET");
        settings.put(misspelt, String.valueOf(settings.remove(known)));

        var end = run(service, settings);

        assertThat(end.status()).isEqualTo(1);
        assertThat(end.output()).contains(misspelt, "nothing reads it");
    }

    private record End(int status, String output) {}

    private End run(String service, Map<String, String> settings) throws IOException, InterruptedException {
        var output = directory.resolve("output");
        var jar =
                KubernetesManifestsTest.ROOT.resolve(service).resolve("target").resolve(service + ".jar");
        var command = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        // The collector is the manifest's.
                        "-Xmx160m",
                        "-XX:TieredStopAtLevel=1",
                        // Ends with 0 once every bean is made, before any of them starts to work.
                        "-Dspring.context.exit=onRefresh",
                        // The one bean that works while it is made.
                        "-Dspring.flyway.enabled=false",
                        "-jar",
                        jar.toString())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        command.environment().clear();
        command.environment().putAll(settings);
        var process = command.start();
        try {
            assertThat(process.waitFor(2, TimeUnit.MINUTES)).as(service).isTrue();
        } finally {
            process.destroyForcibly();
        }
        return new End(process.exitValue(), Files.readString(output));
    }

    /** The variables of ConfigMap and Deployment, with another place for secrets and a broker whose name resolves. */
    private Map<String, String> settings(String service) throws IOException {
        var settings = new HashMap<String, String>();
        KubernetesManifestsTest.named("ConfigMap", service)
                .getAsJsonObject("data")
                .asMap()
                .forEach((name, value) -> settings.put(name, value.getAsString()));
        KubernetesManifestsTest.container(KubernetesManifestsTest.named("Deployment", service))
                .getAsJsonArray("env")
                .forEach(variable -> settings.put(text(variable, "name"), text(variable, "value")));
        settings.replace("SPRING_KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:1");
        var secrets = mountSecrets(service);
        settings.replaceAll((_, value) -> value.equals("/secrets") ? secrets.toString() : value);
        return settings;
    }

    /** Only what the manifest mounts, at the paths and with the mode it says. */
    private Path mountSecrets(String service) throws IOException {
        var generated = new SandboxSecrets(directory.resolve("generated"));
        generated.generate();
        var mounted = directory.resolve("mounted");
        var volume = StrictManifests.holders(KubernetesManifestsTest.named("Deployment", service), "secretName")
                .getFirst();
        for (var item : StreamSupport.stream(volume.getAsJsonArray("items").spliterator(), false)
                .map(JsonElement::getAsJsonObject)
                .toList()) {
            var path = text(item, "path");
            var source =
                    generated.directory(service).resolve(path.replace(APPLICATION_ID, SandboxSecrets.APPLICATION_ID));
            if (volume.has("optional") && Files.notExists(source)) {
                continue;
            }
            var file = Files.createDirectories(mounted.resolve(path).getParent())
                    .resolve(mounted.resolve(path).getFileName());
            Files.copy(source, file);
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--r-----"));
        }
        return mounted;
    }

    private static String text(JsonElement object, String member) {
        return ((JsonObject) object).get(member).getAsString();
    }
}
