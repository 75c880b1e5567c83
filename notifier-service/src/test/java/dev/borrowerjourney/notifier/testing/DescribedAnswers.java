package dev.borrowerjourney.notifier.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.borrowerjourney.defaults.testing.OpenApiDocument;
import java.net.http.HttpResponse;
import java.nio.file.Path;

/** Holds every answer that a test gets against the OpenAPI document. */
public final class DescribedAnswers {

    public static final Path DOCUMENT = Path.of("src/main/openapi/notifier-service.yaml");

    private static final OpenApiDocument DESCRIBED = OpenApiDocument.at(DOCUMENT);

    private DescribedAnswers() {}

    /** The body of a stream is not held against anything: it has no end. */
    static <T> HttpResponse<T> held(HttpResponse<T> answer, String body) {
        var method = answer.request().method();
        var path = answer.uri().getRawPath();
        assertThat(DESCRIBED.faults(
                        method, path, answer.statusCode(), answer.headers().map(), body.getBytes(UTF_8)))
                .as("%s %s answered %s", method, path, answer.statusCode())
                .isEmpty();
        return answer;
    }
}
