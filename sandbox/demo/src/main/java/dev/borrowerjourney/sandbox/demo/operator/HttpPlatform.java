package dev.borrowerjourney.sandbox.demo.operator;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The platform's admin side: what is true, and the switches. */
final class HttpPlatform {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int PAGE = 500;

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();

    private final String admin;

    /** @param admin its address, without a slash at the end */
    HttpPlatform(String admin) {
        this.admin = admin;
    }

    /** @param next what to ask after for the next page */
    record Page(List<Told> items, long next) {}

    /** A journey with all its changes; its members are those of the truth API. */
    record Truth(
            String journeyId,
            String borrowerExternalId,
            String applicationId,
            String type,
            String status,
            @Nullable String nextAction,
            Instant updatedAt,
            List<Told> snapshots) {}

    /** An answer to be passed on as it is. */
    record Answer(int status, String body) {}

    Page toldAfter(long position) throws IOException, InterruptedException {
        var answer = ask("GET", "/truth/snapshots?after=" + position + "&limit=" + PAGE, null);
        if (answer.status() != 200) {
            throw new IOException("the platform answers " + answer.status());
        }
        return Json.MAPPER.readValue(answer.body(), Page.class);
    }

    /** Empty if the platform does not know the journey. */
    Optional<Truth> journey(String journeyId) throws IOException, InterruptedException {
        var answer = ask("GET", "/truth/journeys/" + URLEncoder.encode(journeyId, StandardCharsets.UTF_8), null);
        return answer.status() == 200
                ? Optional.of(Json.MAPPER.readValue(answer.body(), Truth.class))
                : Optional.empty();
    }

    /** @param path below the admin side */
    Answer ask(String method, String path, @Nullable String body) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(admin + path))
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build();
        HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
        return new Answer(answer.statusCode(), answer.body());
    }
}
