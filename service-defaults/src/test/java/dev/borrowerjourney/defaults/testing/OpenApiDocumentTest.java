package dev.borrowerjourney.defaults.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A check that lets everything pass would pass as well. */
@SuppressWarnings("NullAway.Init") // JUnit fills it.
class OpenApiDocumentTest {

    private static final String DOCUMENT = """
            openapi: 3.0.3
            info: { title: t, version: '1' }
            paths:
              /things/{id}:
                parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
                get:
                  responses:
                    '200':
                      description: d
                      content:
                        application/json:
                          schema:
                            allOf:
                              - $ref: '#/components/schemas/Named'
                              - type: object
                                properties:
                                  parts: { type: array, items: { $ref: '#/components/schemas/Named' } }
                                  more: { type: object }
              /all/{rest}:
                x-rest-of-path: true
                parameters: [{ name: rest, in: path, required: true, schema: { type: string } }]
                get:
                  responses:
                    default: { description: d, content: { application/json: { schema: { type: object } } } }
            components:
              schemas:
                Named: { type: object, required: [name], properties: { name: { type: string } } }
            """;

    @TempDir
    Path folder;

    private OpenApiDocument document;

    @BeforeEach
    void read() throws IOException {
        document = OpenApiDocument.at(Files.writeString(folder.resolve("document.yaml"), DOCUMENT));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/things/1 | 200 | application/json | {\"name\": \"a\", \"parts\": [{\"name\": \"b\"}], \"more\": {\"x\": 1}}",
                "/things/1/none | 404 | application/json | {\"what\": \"ever\"}",
                "/all/of/this | 418 | application/json | {\"what\": \"ever\"}",
                "/elsewhere | 200 | text/html | what ever"
            })
    void findsNothingInWhatIsDescribed(String path, int status, String type, String body) {
        assertThat(faults(path, status, type, body)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a status | /things/1 | 201 | application/json | {\"name\": \"a\"}",
                "a path | /things/1/none | 200 | application/json | {\"name\": \"a\"}",
                "a media type | /things/1 | 200 | text/html | <p>",
                "a missing member | /things/1 | 200 | application/json | {}",
                "a type | /things/1 | 200 | application/json | {\"name\": 1}",
                "a member | /things/1 | 200 | application/json | {\"name\": \"a\", \"token\": \"b\"}",
                "a deep member | /things/1 | 200 | application/json | {\"name\": \"a\", \"parts\": [{\"name\": \"b\", \"pan\": 1}]}"
            })
    void findsWhatIsNotDescribed(String what, String path, int status, String type, String body) {
        assertThat(faults(path, status, type, body)).as(what).isNotEmpty();
    }

    @Test
    void findsMethods() {
        assertThat(document.faults("DELETE", "/things/1", 204, Map.of(), new byte[0]))
                .isNotEmpty();
        assertThat(document.faults("DELETE", "/things/1", 405, Map.of(), new byte[0]))
                .isEmpty();
    }

    private List<String> faults(String path, int status, String type, String body) {
        return document.faults("GET", path, status, Map.of("Content-Type", List.of(type)), body.getBytes(UTF_8));
    }
}
