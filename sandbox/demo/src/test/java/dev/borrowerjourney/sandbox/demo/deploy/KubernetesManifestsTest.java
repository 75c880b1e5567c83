package dev.borrowerjourney.sandbox.demo.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.borrowerjourney.schemas.topic.Topic;
import dev.borrowerjourney.schemas.topic.TopicCatalogue;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class KubernetesManifestsTest {

    static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();
    static final List<JsonObject> MANIFESTS = StrictManifests.render(ROOT.resolve("deploy/kubernetes/base"));
    static final List<String> SERVICES =
            List.of("session-service", "webhook-ingest-service", "journey-projector", "notifier-service");

    static List<JsonObject> manifests() {
        return MANIFESTS;
    }

    static Stream<JsonObject> workloads() {
        return MANIFESTS.stream()
                .filter(manifest -> List.of("Deployment", "Job").contains(kind(manifest)));
    }

    static List<Topic> topics() {
        return TopicCatalogue.topics();
    }

    @ParameterizedTest
    @MethodSource("manifests")
    void holdsOnlyFieldsThatTheClusterKnows(JsonObject manifest) {
        StrictManifests.check(manifest);
    }

    @Test
    void refusesMisspeltFields() {
        var deployment = named("Deployment", "notifier-service").deepCopy();
        container(deployment).add("livenesProbe", container(deployment).remove("livenessProbe"));

        assertThatThrownBy(() -> StrictManifests.check(deployment)).hasMessageContaining("livenesProbe");

        var topic = named("KafkaTopic", "journeys").deepCopy();
        topic.getAsJsonObject("spec").addProperty("partition", 12);

        assertThatThrownBy(() -> StrictManifests.check(topic)).hasMessageContaining("partition");
        assertThatThrownBy(() -> StrictManifests.check(JsonParser.parseString("{'apiVersion': 'v1', 'kind': 'Pod'}")
                        .getAsJsonObject()))
                .hasMessageContaining("v1/Pod: no schema");
    }

    @Test
    void deploysAllFourServices() {
        assertThat(MANIFESTS.stream()
                        .filter(manifest -> kind(manifest).equals("Deployment"))
                        .map(KubernetesManifestsTest::name))
                .containsExactlyInAnyOrderElementsOf(SERVICES);
    }

    @Test
    void createsExactlyTheTopicsOfTheCatalogue() {
        assertThat(MANIFESTS.stream()
                        .filter(manifest -> kind(manifest).equals("KafkaTopic"))
                        .map(KubernetesManifestsTest::name))
                .containsExactlyInAnyOrderElementsOf(
                        topics().stream().map(Topic::name).toList());
    }

    @ParameterizedTest
    @MethodSource("topics")
    void createsTopicAsCatalogued(Topic topic) {
        var spec = named("KafkaTopic", topic.name()).getAsJsonObject("spec");
        var config = spec.getAsJsonObject("config").asMap().entrySet().stream()
                .collect(Collectors.toMap(
                        entry -> entry.getKey(), entry -> entry.getValue().getAsString()));

        assertThat(spec.get("partitions").getAsInt()).isEqualTo(topic.partitions());
        assertThat(spec.get("replicas").getAsInt()).isEqualTo(topic.replicas());
        assertThat(config).isEqualTo(topic.settings());
    }

    @ParameterizedTest
    @MethodSource("workloads")
    void runsUnprivilegedOnReadOnlyDisk(JsonObject workload) {
        var pod = pod(workload);
        assertThat(pod.getAsJsonObject("securityContext").get("runAsNonRoot").getAsBoolean())
                .isTrue();
        assertThat(pod.getAsJsonObject("securityContext")
                        .getAsJsonObject("seccompProfile")
                        .get("type")
                        .getAsString())
                .isEqualTo("RuntimeDefault");
        assertThat(pod.get("automountServiceAccountToken").getAsBoolean()).isFalse();
        // Kubernetes' own variables for Services begin with our settings' prefixes.
        assertThat(pod.get("enableServiceLinks").getAsBoolean()).isFalse();

        var container = container(workload);
        var security = container.getAsJsonObject("securityContext");
        assertThat(security.get("readOnlyRootFilesystem").getAsBoolean()).isTrue();
        assertThat(security.get("allowPrivilegeEscalation").getAsBoolean()).isFalse();
        assertThat(security.getAsJsonObject("capabilities")
                        .getAsJsonArray("drop")
                        .toString())
                .isEqualTo("[\"ALL\"]");
        assertThat(container
                        .getAsJsonObject("resources")
                        .getAsJsonObject("requests")
                        .keySet())
                .contains("cpu", "memory");
        assertThat(container
                        .getAsJsonObject("resources")
                        .getAsJsonObject("limits")
                        .keySet())
                .contains("memory");
        assertThat(container.get("image").getAsString()).matches(".+:\\d+\\.\\d+\\.\\d+");
    }

    @ParameterizedTest
    @MethodSource("workloads")
    void takesSecretsOnlyAsFiles(JsonObject workload) {
        assertThat(StrictManifests.holders(workload, "secretKeyRef")).isEmpty();
        assertThat(StrictManifests.holders(workload, "secretRef")).isEmpty();
        StrictManifests.holders(workload, "secretName")
                .forEach(volume ->
                        assertThat(volume.get("defaultMode").getAsInt()).isEqualTo(0440));
    }

    @Test
    void probesLivenessApartFromReadiness() {
        for (var service : SERVICES) {
            var container = container(named("Deployment", service));
            assertThat(path(container, "livenessProbe")).isEqualTo("/actuator/health/liveness");
            assertThat(path(container, "readinessProbe")).isEqualTo("/actuator/health/readiness");
            assertThat(path(container, "startupProbe")).isEqualTo("/actuator/health/liveness");
        }
    }

    /** Plain http, loopback and stand-ins are for the sandbox alone. */
    @Test
    void setsNothingThatOnlyTheSandboxMay() {
        var settings = MANIFESTS.stream()
                .filter(manifest -> kind(manifest).equals("ConfigMap"))
                .flatMap(manifest -> manifest.getAsJsonObject("data").entrySet().stream())
                .map(entry -> entry.getKey() + "=" + entry.getValue().getAsString())
                .toList();

        assertThat(settings)
                .isNotEmpty()
                .noneMatch(setting ->
                        setting.matches("(?i).*(ALLOW_PLAIN_HTTP|ALLOWPLAINHTTP|127\\.0\\.0\\.1|localhost).*"));
    }

    @Test
    void buildsImagesFromJarsThatTheBuildMakes() throws Exception {
        var services = Files.readString(ROOT.resolve("deploy/images/Dockerfile"));
        var registration = Files.readString(ROOT.resolve("deploy/images/registration.Dockerfile"));

        assertThat(services).contains("COPY ${SERVICE}/target/${SERVICE}.jar").contains("\nUSER 65532:65532\n");
        assertThat(registration)
                .contains("COPY schemas/target/schemas-registration.jar")
                .contains("\nUSER 65532:65532\n");
        assertThat(SERVICES)
                .allSatisfy(service ->
                        assertThat(ROOT.resolve(service).resolve("pom.xml")).exists());
    }

    static JsonObject named(String kind, String name) {
        return MANIFESTS.stream()
                .filter(manifest ->
                        kind(manifest).equals(kind) && name(manifest).equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError(kind + " " + name + ": not there"));
    }

    private static String kind(JsonObject manifest) {
        return manifest.get("kind").getAsString();
    }

    private static String name(JsonObject manifest) {
        return manifest.getAsJsonObject("metadata").get("name").getAsString();
    }

    private static JsonObject pod(JsonObject workload) {
        return workload.getAsJsonObject("spec").getAsJsonObject("template").getAsJsonObject("spec");
    }

    static JsonObject container(JsonObject workload) {
        return pod(workload).getAsJsonArray("containers").get(0).getAsJsonObject();
    }

    private static String path(JsonObject container, String probe) {
        return container
                .getAsJsonObject(probe)
                .getAsJsonObject("httpGet")
                .get("path")
                .getAsString();
    }
}
