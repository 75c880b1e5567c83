package dev.borrowerjourney.defaults.problem;

import static org.assertj.core.api.Assertions.assertThat;

import dev.borrowerjourney.defaults.sample.SampleService;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.test.web.reactive.server.WebTestClient.BodyContentSpec;
import org.springframework.test.web.reactive.server.WebTestClient.RequestHeadersSpec;

/** Over a real server; with Boot's own problem details asked for, to show that they stay away. */
@ExtendWith(OutputCaptureExtension.class)
@SpringBootTest(
        classes = SampleService.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = "spring.webflux.problemdetails.enabled=true")
class ProblemsIT {

    static final String CORRELATION_ID = UUID.randomUUID().toString();

    @LocalServerPort
    int port;

    WebTestClient client = WebTestClient.bindToServer().build();

    @BeforeEach
    void connect() {
        client =
                WebTestClient.bindToServer().baseUrl("http://localhost:" + port).build();
    }

    @Test
    void tellsTypeTitleStatusDetailInstanceAndCorrelationId() {
        problem(client.get().uri("/journeys/j-1?verbose=1"), 404)
                .jsonPath("$.type")
                .isEqualTo("urn:borrower-journey:problem:no-such-journey")
                .jsonPath("$.title")
                .isEqualTo("There is no such journey")
                .jsonPath("$.status")
                .isEqualTo(404)
                .jsonPath("$.detail")
                .isEqualTo("Ask for one of your journeys.")
                .jsonPath("$.instance")
                .isEqualTo("/journeys/j-1")
                .jsonPath("$.hint")
                .isEqualTo(null)
                .jsonPath("$.length()")
                .isEqualTo(7);
    }

    @Test
    void tellsWhenToComeBack() {
        client.get()
                .uri("/busy")
                .exchange()
                .expectStatus()
                .isEqualTo(503)
                .expectHeader()
                .valueEquals("Retry-After", "2")
                .expectHeader()
                .valueEquals("Cache-Control", "no-store")
                .expectBody();
    }

    @Test
    void answersUnknownPath() {
        problem(client.get().uri("/nowhere"), 404)
                .jsonPath("$.type")
                .isEqualTo("urn:borrower-journey:problem:not-found")
                .jsonPath("$.detail")
                .isEqualTo("Check the path.");
    }

    @Test
    void answersWrongMethodWithTheRightOnes() {
        problem(client.method(HttpMethod.DELETE).uri("/body"), 405);
        client.delete()
                .uri("/body")
                .exchange()
                .expectHeader()
                .valueEquals("Allow", "POST")
                .expectBody();
    }

    @Test
    void answersWrongContentType() {
        problem(client.post().uri("/body").contentType(MediaType.TEXT_PLAIN).bodyValue("x"), 415);
    }

    @Test
    void answersUnacceptableType() {
        problem(client.get().uri("/blocking").accept(MediaType.IMAGE_PNG), 406);
    }

    @Test
    void answersOversizedBody() {
        problem(
                client.post()
                        .uri("/body")
                        .contentType(MediaType.APPLICATION_JSON)
                        .bodyValue("{\"a\":\"" + "x".repeat(300_000) + "\"}"),
                413);
    }

    @Test
    void quotesNothingOfTheRequest() {
        problem(
                        client.post()
                                .uri("/body")
                                .contentType(MediaType.APPLICATION_JSON)
                                .bodyValue("{\"pan\": ABCDE1234F"),
                        400)
                .jsonPath("$.detail")
                .isEqualTo("A header, a parameter or the body is missing or cannot be read.");
        problem(client.get().uri("/number?n=ABCDE1234F"), 400);
        problem(client.get().uri("/number"), 400);
    }

    @Test
    void hidesUnexpectedErrorsAndLogsThemWithTheCorrelationId(CapturedOutput output) {
        problem(client.get().uri("/broken"), 500)
                .jsonPath("$.type")
                .isEqualTo("urn:borrower-journey:problem:internal-error")
                .jsonPath("$")
                .value(answer -> assertThat(String.valueOf(answer))
                        .doesNotContain("sk_live", "IllegalState", "SampleController"));

        assertThat(output.getOut().lines())
                .filteredOn(line -> line.contains("GET /broken failed"))
                .singleElement()
                .asString()
                .contains("\"correlationId\":\"" + CORRELATION_ID + "\"", "SampleController.broken", "sk_***")
                .doesNotContain("sk_live");
    }

    @Test
    void answersErrorsOfFilters() {
        problem(client.get().uri("/broken-filter"), 500);
        problem(client.get().uri("/closed"), 404).jsonPath("$.detail").isEqualTo("Closed by a filter.");
    }

    @Test
    void addsMembersWhoeverRaisedTheProblem() {
        problem(client.get().uri("/relay/broken"), 500).jsonPath("$.error.code").isEqualTo("INTERNAL_ERROR");
        problem(client.get().uri("/relay/nowhere"), 404)
                .jsonPath("$.error.message")
                .isEqualTo("Check the path.");
    }

    @Test
    void answersOnTheManagementPort(@LocalManagementPort int management) {
        client = WebTestClient.bindToServer()
                .baseUrl("http://localhost:" + management)
                .build();

        problem(client.get().uri("/actuator/nowhere"), 404);
        client.get()
                .uri("/actuator/health/liveness")
                .exchange()
                .expectStatus()
                .isOk()
                .expectHeader()
                .exists("X-Correlation-ID")
                .expectBody()
                .jsonPath("$.status")
                .isEqualTo("UP")
                .jsonPath("$.components")
                .doesNotExist();
        client.get()
                .uri("/actuator/health/readiness")
                .exchange()
                .expectStatus()
                .isEqualTo(503)
                .expectBody()
                .jsonPath("$.components.requirements.details.missing.topics")
                .isEqualTo("sample-topic");
        client.get()
                .uri("/actuator/prometheus")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody();
    }

    private static BodyContentSpec problem(RequestHeadersSpec<?> request, int status) {
        return request.header("X-Correlation-ID", CORRELATION_ID)
                .exchange()
                .expectStatus()
                .isEqualTo(status)
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .expectHeader()
                .valueEquals("X-Correlation-ID", CORRELATION_ID)
                .expectBody()
                .jsonPath("$.status")
                .isEqualTo(status)
                .jsonPath("$.correlationId")
                .isEqualTo(CORRELATION_ID);
    }
}
