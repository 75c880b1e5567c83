package dev.borrowerjourney.sandbox.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The platform in this JVM on a free port, twenty times as fast as it is by default. */
final class TestPlatform implements AutoCloseable {

    static final UUID TENANT = UUID.fromString("6f3a1d52-64c2-4c5a-9d0e-0f2f7f0f6a01");
    static final UUID APPLICATION = UUID.fromString("a4f1e0c8-2f7e-4b9c-8a53-5f0b9a1d7e02");
    static final UUID OTHER_APPLICATION = UUID.fromString("b7d2c4e6-1a3b-4c5d-8e7f-9a0b1c2d3e03");
    static final String API_KEY = "sk_test_not-a-real-key";
    static final String OTHER_API_KEY = "sk_test_not-a-real-key-either";
    static final String WEBHOOK_SECRET = "not-a-real-webhook-secret";
    static final JsonMapper JSON = new JsonMapper();

    private final HttpClient client = HttpClient.newHttpClient();
    private final @Nullable ConfigurableApplicationContext context;
    private final String base;
    private boolean described;

    private TestPlatform(@Nullable ConfigurableApplicationContext context, String base) {
        this.context = context;
        this.base = base;
    }

    /** One that runs as a process of its own, and that somebody else ends. */
    static TestPlatform at(String base) {
        return new TestPlatform(null, base);
    }

    record Answer(int status, String text, HttpResponse<String> response) {
        JsonNode json() {
            return JSON.readTree(text);
        }

        JsonNode data() {
            return json().path("data");
        }

        String code() {
            return json().at("/error/code").asString("");
        }

        String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }
    }

    static TestPlatform start(Path directory, String... settings) {
        writeSecrets(directory);
        List<String> all = new ArrayList<>(List.of(arguments(directory)));
        all.addAll(List.of("--server.port=0", "--management.server.port=0", "--sandbox.platform.pace=20"));
        for (String setting : settings) {
            all.add("--sandbox.platform." + setting);
        }
        ConfigurableApplicationContext context =
                new SpringApplicationBuilder(SandboxPlatform.class).run(all.toArray(String[]::new));
        String port = context.getEnvironment().getRequiredProperty("local.server.port");
        return new TestPlatform(context, "http://127.0.0.1:" + port);
    }

    static String[] arguments(Path directory) {
        return new String[] {
            "--sandbox.platform.data-directory=" + directory.resolve("data"),
            "--sandbox.platform.secrets-directory=" + directory.resolve("secrets"),
            "--sandbox.platform.applications[0].tenant-id=" + TENANT,
            "--sandbox.platform.applications[0].application-id=" + APPLICATION,
            "--sandbox.platform.applications[1].tenant-id=" + TENANT,
            "--sandbox.platform.applications[1].application-id=" + OTHER_APPLICATION,
        };
    }

    static void writeSecrets(Path directory) {
        write(directory.resolve("secrets/platform/" + APPLICATION + "/api-key"), API_KEY);
        write(directory.resolve("secrets/platform/" + OTHER_APPLICATION + "/api-key"), OTHER_API_KEY);
        write(directory.resolve("secrets/webhook/" + APPLICATION + "/s1"), WEBHOOK_SECRET);
        write(directory.resolve("secrets/webhook/" + OTHER_APPLICATION + "/s1"), "another-webhook-secret");
    }

    static void write(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String url(String path) {
        return base + path;
    }

    Answer get(String path, String... headers) {
        return send(HttpRequest.newBuilder(URI.create(url(path))).GET(), headers);
    }

    Answer send(String method, String path, @Nullable String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url(path)));
        if (body == null) {
            request.method(method, HttpRequest.BodyPublishers.noBody());
        } else {
            request.method(method, HttpRequest.BodyPublishers.ofString(body))
                    .header("Content-Type", "application/json");
        }
        return send(request, headers);
    }

    /** As a browser sends a form. */
    Answer submit(String path, String form) {
        return send(HttpRequest.newBuilder(URI.create(base + path))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form)));
    }

    /** A call with the API key and a fresh Idempotency-Key. */
    Answer asBackend(String path, String body) {
        return send(
                "POST",
                path,
                body,
                "Authorization",
                "Bearer " + API_KEY,
                "Idempotency-Key",
                UUID.randomUUID().toString());
    }

    Answer switches(String body) {
        return send("PATCH", "/admin/switches", body);
    }

    void pace(double pace) {
        send("PUT", "/admin/clock", "{\"pace\":" + pace + "}");
    }

    /** Where the page of a step, or of a consent session, is on this platform. */
    static String path(JsonNode step) {
        URI page = URI.create(step.at("/resource/url").asString());
        return page.getPath() + "?" + page.getQuery();
    }

    void subscribe(String receiver) {
        asBackend(
                "/api/tenants/" + TENANT + "/applications/" + APPLICATION + "/webhooks/subscribe",
                "{\"url\":\"" + receiver + "\"}");
    }

    /** Holds every answer from now on against the OpenAPI document. */
    TestPlatform described() {
        described = true;
        return this;
    }

    private static void check(HttpResponse<String> response) {
        HttpRequest request = response.request();
        assertThat(PlatformDocument.shared()
                        .faults(
                                request.method(),
                                request.uri().getRawPath(),
                                response.statusCode(),
                                response.headers().map().keySet(),
                                response.body()))
                .isEmpty();
    }

    /** Every state that the journey was in, as the platform itself knows them. */
    List<String> states(String journeyId) {
        return get("/admin/truth/journeys/" + journeyId)
                .json()
                .path("snapshots")
                .valueStream()
                .map(it -> it.path("status").asString() + " "
                        + it.path("nextAction")
                                .asStringOpt()
                                .filter(action -> !action.isEmpty())
                                .orElse("null"))
                .toList();
    }

    BorrowerApp borrower() {
        return BorrowerApp.login(this, "CUST_" + UUID.randomUUID());
    }

    private Answer send(HttpRequest.Builder request, String... headers) {
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            HttpResponse<String> response = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            if (described) {
                check(response);
            }
            return new Answer(response.statusCode(), response.body(), response);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        if (context != null) {
            context.close();
        }
        client.close();
    }
}
