package dev.borrowerjourney.session.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.atlassian.oai.validator.model.SimpleResponse;
import dev.borrowerjourney.defaults.problem.CommonProblem;
import dev.borrowerjourney.defaults.problem.ProblemType;
import dev.borrowerjourney.session.problem.HttpProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A check that lets everything pass would pass as well. */
class HttpDescribedAnswersTest {

    @ParameterizedTest
    @ValueSource(strings = {"/v1/sessions", "/api/v1/headless/profile"})
    void findsWhatIsNotDescribed(String path) {
        var problem = SimpleResponse.Builder.status(401)
                .withContentType("application/problem+json")
                .withHeader("X-Correlation-ID", "a")
                .withBody("""
                        {"type": "urn:borrower-journey:problem:a-new-one", "title": "a", "status": 401, "detail": "a",
                         "instance": "a", "correlationId": "a", "error": {"code": "a", "message": "a"}, "data": null}""")
                .build();

        assertThat(HttpDescribedAnswers.wrong(path, "POST", 401, problem)).isNotEmpty();
    }

    @Test
    void findsMissingMembersAndHeaders() {
        var withoutLinks = SimpleResponse.Builder.status(200)
                .withContentType("application/json")
                .withHeader("X-Correlation-ID", "a")
                .withBody("{\"sessionId\": \"a\", \"sessionToken\": \"a\"}")
                .build();
        var withoutCorrelation = SimpleResponse.Builder.status(204).build();

        assertThat(HttpDescribedAnswers.wrong("/v1/sessions", "POST", 200, withoutLinks))
                .isNotEmpty();
        assertThat(HttpDescribedAnswers.wrong("/v1/sessions", "DELETE", 204, withoutCorrelation))
                .isNotEmpty();
        assertThat(HttpDescribedAnswers.wrong(
                        "/v1/sessions",
                        "GET",
                        418,
                        SimpleResponse.Builder.status(418).build()))
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
}
