package dev.borrowerjourney.session.relay;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.borrowerjourney.session.testing.PlatformStandIn;
import dev.borrowerjourney.session.testing.PlatformStandIn.Answer;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which answers pass, and what is removed from them. */
class RelayAnswersIT extends RelayedCalls {

    private static final String INTERNALS = """
            {"data": {"status": "DISBURSED", "amount": 100.10, "bap_id": "x", "transaction_id": "t",
             "context": {"domain": "d", "action": "on_search", "version": "1"}}}""";
    private static final int LARGEST = 1024 * 1024;

    @Test
    void passesConflictOnUnchanged() {
        var conflict = PlatformStandIn.failure("OFFER_LOCKED");
        PLATFORM.on("POST " + path, Answer.json(409, conflict));

        post(sessionTokenOf(borrower), UUID.randomUUID().toString(), "{}")
                .expectStatus()
                .isEqualTo(409)
                .expectBody(String.class)
                .isEqualTo(conflict);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "application/json;charset=utf-8",
                "APPLICATION/JSON",
                "application/problem+json",
                "application/vnd.api+json"
            })
    void removesInternalsOfTheNetwork(String type) {
        PLATFORM.on("GET " + path, Answer.json(200, INTERNALS).with("Content-Type", type));

        get(undescribed(), sessionTokenOf(borrower))
                .expectStatus()
                .isOk()
                .expectBody(String.class)
                .isEqualTo("{\"data\": {\"status\": \"DISBURSED\", \"amount\": 100.10}}");
    }

    /** A stream is flushed past whoever only looks at whole answers. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/stream+json",
                "application/x-ndjson",
                "application/json-seq",
                "text/event-stream",
                "text/html",
                "text/plain",
                "text/json",
                "model/gltf+json",
                "application/xml",
                "application/octet-stream",
                "application/json;charset=utf-7",
                "application/json;charset=utf-16",
                "nonsense",
                "*/*",
                ""
            })
    void passesNoOtherTypeOn(String type) {
        PLATFORM.on(
                "GET " + path,
                Answer.json(200, INTERNALS).with("Content-Type", type).with("ETag", "\"1\""));

        var answer = get();

        answer.expectHeader().doesNotExist("ETag");
        expectProblem(answer, 502, "ANSWER_TYPE_REFUSED");
    }

    @Test
    void passesNoAnswerOfTwoTypesOn() {
        PLATFORM.onExchange("GET " + path, exchange -> {
            exchange.getResponseHeaders().add("Content-Type", "application/pdf");
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, 2);
            exchange.getResponseBody().write(new byte[] {'{', '}'});
            exchange.close();
        });

        expectProblem(get(), 502, "ANSWER_TYPE_REFUSED");
    }

    @Test
    void passesNoEncodedAnswerOn() {
        PLATFORM.on("GET " + path, Answer.json(200, "{}").with("Content-Encoding", "gzip"));

        expectProblem(get(), 502, "ANSWER_TYPE_REFUSED");
    }

    /** What has no body has no type, and nothing to hide. */
    @ParameterizedTest
    @ValueSource(ints = {200, 204, 304})
    void passesAnswerWithoutBodyOn(int status) {
        PLATFORM.onExchange("GET " + path, exchange -> {
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });

        get(undescribed(), sessionTokenOf(borrower))
                .expectStatus()
                .isEqualTo(status)
                .expectBody()
                .isEmpty();
    }

    @Test
    void passesHeadOn() {
        PLATFORM.onExchange("HEAD " + path, exchange -> {
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.getResponseHeaders().add("ETag", "\"1\"");
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });

        undescribed()
                .head()
                .uri(path)
                .headers(headers -> headers.setBearerAuth(sessionTokenOf(borrower)))
                .exchange()
                .expectStatus()
                .isOk()
                .expectHeader()
                .valueEquals("ETag", "\"1\"");
    }

    @Test
    void passesAnswerOfTheLargestSizeOn() {
        var largest = "\"" + "x".repeat(LARGEST - 2) + "\"";
        PLATFORM.on("GET " + path, Answer.json(200, largest));

        get().expectStatus().isOk().expectBody(String.class).isEqualTo(largest);
    }

    @Test
    void refusesLargerAnswer() {
        PLATFORM.on("GET " + path, Answer.json(200, "\"" + "x".repeat(LARGEST - 1) + "\""));

        expectProblem(get(), 502, "ANSWER_TOO_LARGE");
    }

    /** Whose size nobody told. */
    @Test
    void refusesLargerAnswerInParts() {
        PLATFORM.onExchange("GET " + path, exchange -> {
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, 0);
            try (var out = exchange.getResponseBody()) {
                out.write(("\"" + "x".repeat(LARGEST - 1) + "\"").getBytes(UTF_8));
            }
        });

        expectProblem(get(), 502, "ANSWER_TOO_LARGE");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\": 1, \"a\": 2}", "{} {}", "not json", "{\"a\": "})
    void refusesAnswerThatCannotBeLookedThrough(String body) {
        PLATFORM.on("GET " + path, Answer.json(200, body));

        expectProblem(get(), 502, "PLATFORM_FAILED");
    }
}
