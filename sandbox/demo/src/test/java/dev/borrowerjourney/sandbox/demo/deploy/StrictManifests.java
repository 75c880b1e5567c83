package dev.borrowerjourney.sandbox.demo.deploy;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1Job;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V1ServiceAccount;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.yaml.snakeyaml.Yaml;

/** Renders a kustomization as SREs do, and refuses any field that Kubernetes or Strimzi would not know. */
final class StrictManifests {

    interface Schema {
        void check(JsonObject manifest) throws IOException;
    }

    private static final Map<String, Schema> SCHEMAS = Map.of(
            "v1/ServiceAccount", V1ServiceAccount::validateJsonElement,
            "v1/ConfigMap", V1ConfigMap::validateJsonElement,
            "v1/Service", V1Service::validateJsonElement,
            "apps/v1/Deployment", V1Deployment::validateJsonElement,
            "batch/v1/Job", V1Job::validateJsonElement,
            "kafka.strimzi.io/v1/KafkaTopic", StrictManifests::checkTopic);

    private StrictManifests() {}

    /** All manifests of a kustomization, rendered by kubectl. */
    static List<JsonObject> render(Path kustomization) {
        try {
            var kubectl = new ProcessBuilder("kubectl", "kustomize", kustomization.toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            try (var yaml = kubectl.inputReader()) {
                var manifests = new ArrayList<JsonObject>();
                for (var document : new Yaml().loadAll(yaml)) {
                    manifests.add(new Gson().toJsonTree(document).getAsJsonObject());
                }
                if (kubectl.waitFor() != 0) {
                    throw new IllegalStateException(
                            "kubectl kustomize " + kustomization + ": exit " + kubectl.exitValue());
                }
                return manifests;
            }
        } catch (IOException e) {
            throw new UncheckedIOException("kubectl: is it installed? (Debian: kubernetes-client)", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /**
     * Refuses a manifest of an unknown kind or with an unknown or missing field.
     *
     * @throws IllegalArgumentException naming the field
     */
    static void check(JsonObject manifest) {
        var kind = manifest.get("apiVersion").getAsString() + "/"
                + manifest.get("kind").getAsString();
        var schema = SCHEMAS.get(kind);
        if (schema == null) {
            throw new IllegalArgumentException(kind + ": no schema (expected: one of " + SCHEMAS.keySet() + ")");
        }
        try {
            schema.check(manifest);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Every object in a manifest that holds a member of that name, however deep. */
    static List<JsonObject> holders(JsonObject in, String member) {
        var found = new ArrayList<JsonObject>();
        if (in.has(member)) {
            found.add(in);
        }
        for (var value : in.asMap().values()) {
            if (value instanceof JsonObject object) {
                found.addAll(holders(object, member));
            } else if (value instanceof JsonArray array) {
                array.forEach(element -> {
                    if (element instanceof JsonObject object) {
                        found.addAll(holders(object, member));
                    }
                });
            }
        }
        return found;
    }

    private static void checkTopic(JsonObject topic) {
        onlyMembers(topic, Set.of("apiVersion", "kind", "metadata", "spec"));
        onlyMembers(topic.getAsJsonObject("metadata"), Set.of("name", "namespace", "labels", "annotations"));
        onlyMembers(topic.getAsJsonObject("spec"), Set.of("topicName", "partitions", "replicas", "config"));
    }

    private static void onlyMembers(JsonObject object, Set<String> known) {
        for (var name : object.keySet()) {
            if (!known.contains(name)) {
                throw new IllegalArgumentException(
                        "The field `" + name + "` is not known (expected: one of " + known + ")");
            }
        }
    }
}
