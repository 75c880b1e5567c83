package dev.borrowerjourney.defaults.sample;

import dev.borrowerjourney.defaults.problem.ProblemType;
import org.springframework.http.HttpStatus;

enum SampleProblem implements ProblemType {
    NO_SUCH_JOURNEY(HttpStatus.NOT_FOUND, "There is no such journey"),
    LOG_UNREACHABLE(HttpStatus.SERVICE_UNAVAILABLE, "The log cannot be reached");

    private final HttpStatus status;
    private final String title;

    SampleProblem(HttpStatus status, String title) {
        this.status = status;
        this.title = title;
    }

    @Override
    public HttpStatus status() {
        return status;
    }

    @Override
    public String title() {
        return title;
    }
}
