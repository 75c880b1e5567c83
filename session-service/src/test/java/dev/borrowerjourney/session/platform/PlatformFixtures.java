package dev.borrowerjourney.session.platform;

import dev.borrowerjourney.defaults.secret.SecretDirectory;
import dev.borrowerjourney.defaults.tracing.Spans;
import dev.borrowerjourney.session.platform.PlatformProperties.Application;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/** What calls the platform, without a service around it. */
public final class PlatformFixtures {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private PlatformFixtures() {}

    /** One that gives up after two seconds. */
    public static HttpSubscriptions subscriptions(
            URI platform, List<Application> applications, Path secrets, String apiKey) {
        var properties = properties(platform, applications);
        var answers = new PlatformAnswers(JSON);
        return new HttpSubscriptions(calls(properties, answers), keys(properties, secrets, apiKey), answers, JSON);
    }

    static HttpPlatform platform(URI platform, Application application, Path secrets, String apiKey) {
        var properties = properties(platform, List.of(application));
        var answers = new PlatformAnswers(JSON);
        return new HttpPlatform(calls(properties, answers), keys(properties, secrets, apiKey), answers, JSON);
    }

    public static PlatformProperties properties(URI platform, List<Application> applications) {
        return new PlatformProperties(platform, true, Duration.ofSeconds(2), Duration.ofSeconds(2), applications);
    }

    private static HttpCalls calls(PlatformProperties properties, PlatformAnswers answers) {
        return new HttpCalls(properties, answers, new SimpleMeterRegistry(), Spans.none());
    }

    private static ApiKeys keys(PlatformProperties properties, Path secrets, String apiKey) {
        properties.applications().forEach(application -> write(secrets, application, apiKey));
        return new ApiKeys(new SecretDirectory(secrets), properties);
    }

    private static void write(Path secrets, Application application, String apiKey) {
        var file = secrets.resolve("platform/" + application.applicationId() + "/api-key");
        try {
            Files.createDirectories(file.getParent());
            if (!Files.exists(file)) {
                Files.createFile(
                        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            }
            Files.writeString(file, apiKey + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
