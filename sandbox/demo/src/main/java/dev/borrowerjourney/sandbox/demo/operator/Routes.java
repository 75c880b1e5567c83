package dev.borrowerjourney.sandbox.demo.operator;

import dev.borrowerjourney.sandbox.demo.component.DemoFile;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** What the page asks for. Blocks: it asks others in turn. */
final class Routes {

    private static final int LONGEST_TEXT = 200;
    private static final int LARGEST_BODY = 16 * 1024;
    private static final String JOURNEYS = "/api/journeys";
    private static final String SWITCHES = "/api/switches";
    private static final String SCRIPT = "/api/script";

    private final Journeys journeys;
    private final PageFiles files;
    private volatile @Nullable Running running;

    Routes(Journeys journeys, PageFiles files) {
        this.journeys = journeys;
        this.files = files;
    }

    /** What there is once the demo is ready. */
    record Running(
            DemoFile demo,
            HttpPlatform platform,
            PostgresReadModel database,
            Ways ways,
            Watch watch,
            ProcessLogs logs) {}

    void running(Running known) {
        running = known;
    }

    /** @param query decoded, the last value of each parameter */
    record Question(String method, String path, Map<String, String> query, String body) {

        String text() {
            var text = query.getOrDefault("q", "");
            return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT);
        }
    }

    Answer answer(Question question) {
        try {
            if (!question.path().startsWith("/api/")) {
                return file(question);
            }
            var known = running;
            return known == null ? Answer.problem(503, "The demo is still starting.") : answer(question, known);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return Answer.problem(503, "The page is being stopped.");
        } catch (IOException e) {
            return Answer.problem(
                    502, "The platform does not answer (" + e.getClass().getSimpleName() + ").");
        }
    }

    private Answer file(Question question) throws IOException {
        return question.method().equals("GET")
                ? files.find(question.path())
                        .map(file -> new Answer(200, file.type(), file.content()))
                        .orElse(Answer.NOT_FOUND)
                : Answer.problem(405, "Only GET.");
    }

    private Answer answer(Question question, Running known) throws IOException, InterruptedException {
        var path = question.path();
        return switch (question.method() + " " + path) {
            case "GET /api/demo" -> Answer.json(200, Addresses.of(known.demo()));
            case "GET /api/health" -> Answer.json(200, known.watch().health());
            case "GET /api/logs" -> Answer.json(200, known.logs().having(question.text()));
            case "GET " + JOURNEYS -> Answer.json(200, journeys(question, known));
            case "GET " + SWITCHES -> switches(known);
            case "PATCH " + SWITCHES -> switched(known, "PATCH", object(question.body()));
            case "DELETE " + SWITCHES -> switched(known, "PUT", Optional.of("{}"));
            case "GET " + SCRIPT -> script(known);
            case "PUT " + SCRIPT -> passedOn(known.platform().ask("PUT", "/script", question.body()));
            case "DELETE " + SCRIPT -> passedOn(known.platform().ask("DELETE", "/script", null));
            case String ask
            when ask.startsWith("GET " + JOURNEYS + "/") ->
                known.ways()
                        .of(path.substring(JOURNEYS.length() + 1))
                        .map(way -> Answer.json(200, way))
                        .orElse(Answer.NOT_FOUND);
            default -> Answer.NOT_FOUND;
        };
    }

    /** Where the borrower's own pages are. */
    private record Addresses(String borrowerPage, String pushInbox, String platformAdmin) {

        static Addresses of(DemoFile demo) {
            return new Addresses(
                    demo.urls().edge(), demo.urls().pushInbox(), demo.urls().platformAdmin());
        }
    }

    /** @param older journeys that this page keeps no more and that a correlation id still leads to in the read model */
    private record Listed(Journeys.Page page, List<String> older) {}

    private Listed journeys(Question question, Running known) {
        var page = journeys.page(question.query().get("status"), question.text());
        return new Listed(page, page.matching() == 0 ? older(question.text(), known) : List.of());
    }

    private static List<String> older(String text, Running known) {
        if (text.strip().length() < ProcessLogs.SHORTEST) {
            return List.of();
        }
        try {
            return known.database().havingCorrelationId(text.strip());
        } catch (SQLException _) {
            return List.of();
        }
    }

    /**
     * The switches as the platform has them.
     *
     * @param catalogue how the platform describes them
     * @param faults how often each struck, and those that hold for a borrower, a path or some calls only
     */
    private record Switches(JsonNode values, JsonNode catalogue, JsonNode faults) {}

    private static Answer switches(Running known) throws IOException, InterruptedException {
        return Answer.json(
                200,
                new Switches(asked(known, "/switches"), asked(known, "/faults/catalogue"), asked(known, "/faults")));
    }

    /** @param last the script that runs, or ran last; null if none did */
    private record Scripts(JsonNode ready, @Nullable JsonNode last) {}

    private static Answer script(Running known) throws IOException, InterruptedException {
        var last = known.platform().ask("GET", "/script", null);
        return Answer.json(
                200,
                new Scripts(
                        asked(known, "/scripts").path("items"),
                        last.status() == 200 ? Json.MAPPER.readTree(last.body()) : null));
    }

    private static JsonNode asked(Running known, String path) throws IOException, InterruptedException {
        var answer = known.platform().ask("GET", path, null);
        if (answer.status() != 200) {
            throw new IOException(path + " answers " + answer.status());
        }
        return Json.MAPPER.readTree(answer.body());
    }

    private static Answer switched(Running known, String method, Optional<String> change)
            throws IOException, InterruptedException {
        return change.isEmpty()
                ? Answer.problem(400, "The body must be a JSON object.")
                : passedOn(known.platform().ask(method, "/switches", change.orElseThrow()));
    }

    /** What the platform says of it is JSON in either case. */
    private static Answer passedOn(HttpPlatform.Answer answer) {
        return new Answer(answer.status(), "application/json", answer.body());
    }

    private static Optional<String> object(String body) {
        try {
            var json = body.length() > LARGEST_BODY ? null : Json.MAPPER.readTree(body);
            return json == null || !json.isObject() ? Optional.empty() : Optional.of(json.toString());
        } catch (JacksonException _) {
            return Optional.empty();
        }
    }
}
