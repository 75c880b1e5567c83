package dev.borrowerjourney.notifier.testing;

import dev.borrowerjourney.defaults.testing.TestDatabase;
import dev.borrowerjourney.notifier.NotifierService;
import dev.borrowerjourney.schemas.borrower.BorrowerKey;
import dev.borrowerjourney.schemas.borrower.PseudonymKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.http.client.ReactorResourceFactory;

/** The whole service on free loopback ports, with real secrets files. */
public final class RunningNotifier implements AutoCloseable {

    public static final UUID APPLICATION = UUID.fromString("5f0c3a52-6c0e-4b52-9d55-0a4f1ad0a001");
    public static final PseudonymKey PSEUDONYMS =
            PseudonymKey.of(Base64.getEncoder().encodeToString(new byte[32]));

    private static final String SECRETS = "--notifier.secrets-directory=";

    private final ConfigurableApplicationContext context;
    private final HttpClient http = HttpClient.newHttpClient();

    private RunningNotifier(ConfigurableApplicationContext context) {
        this.context = context;
    }

    public static RunningNotifier start(
            String bootstrapServers,
            String registryUrl,
            TestDatabase database,
            PartnerIdentity identity,
            String... more) {
        var arguments = new ArrayList<>(List.of(
                "--server.port=0",
                "--server.address=127.0.0.1",
                "--management.server.port=0",
                "--management.server.address=127.0.0.1",
                "--notifier.applications[0].application-id=" + APPLICATION,
                "--notifier.identity.issuer=" + identity.issuer(),
                "--notifier.identity.jwks-uri=" + identity.jwksUri(),
                "--notifier.identity.allow-plain-http=true",
                "--spring.kafka.bootstrap-servers=" + bootstrapServers,
                "--spring.kafka.properties.schema.registry.url=" + registryUrl,
                "--spring.datasource.url=" + database.url()));
        arguments.addAll(List.of(more));
        arguments.removeIf(argument -> argument.startsWith(SECRETS));
        arguments.add(SECRETS + secrets(database, more));
        var application = new SpringApplication(NotifierService.class);
        // Its database and broker end with the JVM, too, and it would not know what to make of that.
        application.setRegisterShutdownHook(false);
        application.addInitializers(RunningNotifier::ownEventLoops);
        return new RunningNotifier(application.run(arguments.toArray(String[]::new)));
    }

    /** Those that all services of a JVM share would end with the first one that is closed. */
    private static void ownEventLoops(ConfigurableApplicationContext context) {
        ((GenericApplicationContext) context).registerBean(ReactorResourceFactory.class, () -> {
            var own = new ReactorResourceFactory();
            own.setUseGlobalResources(false);
            return own;
        });
    }

    public static BorrowerKey keyOf(String borrowerExternalId) {
        return PSEUDONYMS.borrowerKey(APPLICATION, borrowerExternalId);
    }

    public URI uri(String path) {
        return URI.create(
                "http://127.0.0.1:" + context.getEnvironment().getRequiredProperty("local.server.port") + path);
    }

    public EventStream stream(String token) {
        return EventStream.open(uri("/v1/stream"), token);
    }

    public HttpResponse<String> readiness() {
        return health("/readiness");
    }

    /** The health of one group. */
    public HttpResponse<String> health(String group) {
        return get("/actuator/health" + group);
    }

    public RunningNotifier awaitReady() {
        Awaitility.await("readiness")
                .atMost(Duration.ofSeconds(90))
                .until(() -> readiness().statusCode() == 200);
        return this;
    }

    public String metrics() {
        return get("/actuator/prometheus").body();
    }

    public HttpResponse<String> post(String path, String token, String body) {
        return call("POST", path, token, body);
    }

    /** Any call; an empty body is none. */
    public HttpResponse<String> call(String method, String path, String token, String body) {
        return send(HttpRequest.newBuilder(uri(path))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body)));
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    /** Ends the service as SIGTERM does. */
    @Override
    public void close() {
        context.close();
        http.close();
    }

    private HttpResponse<String> get(String path) {
        var port = context.getEnvironment().getRequiredProperty("local.management.port");
        return send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            var answer = http.send(request.timeout(Duration.ofSeconds(30)).build(), BodyHandlers.ofString());
            return DescribedAnswers.held(answer, answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static Path secrets(TestDatabase database, String... more) {
        try {
            var directory = Arrays.stream(more)
                    .filter(argument -> argument.startsWith(SECRETS))
                    .map(argument -> Path.of(argument.substring(SECRETS.length())))
                    .findFirst()
                    .orElse(Files.createTempDirectory("notifier-secrets"));
            PushSecrets.in(directory).write("pseudonym-key", Base64.getEncoder().encodeToString(new byte[32]));
            database.writePassword("bj_notifier", directory);
            return directory;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
