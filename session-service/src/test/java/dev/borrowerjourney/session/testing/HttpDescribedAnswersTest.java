package dev.borrowerjourney.session.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.borrowerjourney.defaults.problem.CommonProblem;
import dev.borrowerjourney.defaults.problem.ProblemType;
import dev.borrowerjourney.defaults.testing.OpenApiDocument;
import dev.borrowerjourney.session.problem.HttpProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A check that lets everything pass would pass as well. */
class HttpDescribedAnswersTest {

    private static final Map<String, List<String>> CORRELATED = Map.of("X-Correlation-ID", List.of("a"));
    private static final OpenApiDocument DESCRIBED = OpenApiDocument.at(HttpDescribedAnswers.DOCUMENT);

    @ParameterizedTest
    @ValueSource(strings = {"/v1/sessions", "/api/v1/headless/profile", "/api/v1/headless/offers/o-1/steps"})
    void findsWhatIsNotDescribed(String path) {
        var problem = """
                {"type": "urn:borrower-journey:problem:a-new-one", "title": "a", "status": 401, "detail": "a",
                 "instance": "a", "correlationId": "a", "error": {"code": "a", "message": "a"}, "data": null}""";

        assertThat(faults(path, "POST", 401, "application/problem+json", problem))
                .isNotEmpty();
    }

    @Test
    void findsMissingMembersAndHeaders() {
        assertThat(faults(
                        "/v1/sessions",
                        "POST",
                        200,
                        "application/json",
                        "{\"sessionId\": \"a\", \"sessionToken\": \"a\"}"))
                .isNotEmpty();
        assertThat(DESCRIBED.faults("DELETE", "/v1/sessions", 204, Map.of(), new byte[0]))
                .isNotEmpty();
        assertThat(DESCRIBED.faults("GET", "/v1/sessions", 418, CORRELATED, new byte[0]))
                .isNotEmpty();
        assertThat(DESCRIBED.faults("DELETE", "/v1/sessions", 204, CORRELATED, new byte[0]))
                .isEmpty();
    }

    @Test
    void findsWhatIsToldTooMuch() {
        var session = """
                {"items": [{"sessionId": "0c9d6e0e-3f0e-4d4c-9a52-7f0c2f1d6f1f", "createdAt": "2026-01-01T00:00:00Z",
                  "lastUsedAt": "2026-01-01T00:00:00Z", "sessionExpiresAt": "2026-01-01T00:00:00Z"%s}], "next": null}""";

        assertThat(faults("/v1/sessions", "GET", 200, "application/json", session.formatted("")))
                .isEmpty();
        assertThat(faults(
                        "/v1/sessions", "GET", 200, "application/json", session.formatted(", \"tokenSha256\": \"a\"")))
                .isNotEmpty();
    }

    @Test
    void knowsEveryProblem() throws IOException {
        var types = Stream.concat(
                        Arrays.stream(HttpProblem.values()),
                        Stream.of(
                                CommonProblem.MALFORMED_REQUEST,
                                CommonProblem.NOT_FOUND,
                                CommonProblem.METHOD_NOT_ALLOWED,
                                CommonProblem.NOT_ACCEPTABLE,
                                CommonProblem.BODY_TOO_LARGE,
                                CommonProblem.UNSUPPORTED_MEDIA_TYPE,
                                CommonProblem.TOO_MANY_REQUESTS,
                                CommonProblem.INTERNAL_ERROR))
                .map(ProblemType::uri)
                .map(Object::toString)
                .toList();

        assertThat(Pattern.compile("- (urn:borrower-journey:problem:[a-z-]+)")
                        .matcher(Files.readString(HttpDescribedAnswers.DOCUMENT))
                        .results()
                        .map(type -> type.group(1))
                        .distinct())
                .containsExactlyInAnyOrderElementsOf(types);
    }

    private static List<String> faults(String path, String method, int status, String type, String body) {
        var headers = new HashMap<>(CORRELATED);
        headers.put("Content-Type", List.of(type));
        return DESCRIBED.faults(method, path, status, headers, body.getBytes(UTF_8));
    }
}
