package dev.borrowerjourney.defaults.testing;

import dev.borrowerjourney.defaults.problem.CommonProblem;
import dev.borrowerjourney.defaults.problem.ProblemException;
import org.junit.jupiter.api.Test;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

class ServiceConductTest {

    @RestController
    static class Failing {

        @GetMapping("/")
        String fail() {
            throw new ProblemException(CommonProblem.CONFLICT, "Read the current state.");
        }
    }

    @Test
    void answersProblemsForController() {
        WebTestClient.bindToController(new Failing())
                .webFilter(ServiceConduct.filter())
                .build()
                .get()
                .uri("/")
                .exchange()
                .expectStatus()
                .isEqualTo(409)
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .expectHeader()
                .exists("X-Correlation-ID")
                .expectBody()
                .jsonPath("$.type")
                .isEqualTo("urn:borrower-journey:problem:conflict");
    }
}
