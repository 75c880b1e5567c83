package dev.borrowerjourney.session.session;

import dev.borrowerjourney.defaults.problem.ProblemException;
import dev.borrowerjourney.session.platform.PlatformAnswer;
import dev.borrowerjourney.session.problem.HttpProblem;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Says to the app what went wrong between us and the platform. */
public final class PlatformFailures {

    private static final Duration SOON = Duration.ofSeconds(1);

    private PlatformFailures() {}

    /** The problem of a renewal that brought no credentials. */
    public static ProblemException problem(Renewal renewal) {
        return switch (renewal) {
            case Renewal.Failed(var answer) -> problem(answer);
            case Renewal.Busy() ->
                HttpProblem.RENEWAL_BUSY
                        .because("The borrower's platform session is being renewed. Try again.")
                        .retryAfter(SOON);
            case Renewal.Gone() -> HttpProblem.UNAUTHENTICATED.because("The session has ended.");
            case Renewal.Renewed _ -> throw new IllegalStateException("renewed (expected: a failure)");
        };
    }

    /** The problem of a call that brought no data. */
    public static ProblemException problem(PlatformAnswer<?> answer) {
        return switch (answer) {
            case PlatformAnswer.Refused<?>(var status, var code, var retryAfter) -> refused(status, code, retryAfter);
            case PlatformAnswer.Unanswered<?>(var cause) ->
                switch (cause) {
                    case UNREACHABLE -> HttpProblem.PLATFORM_UNREACHABLE.because("The platform cannot be reached.");
                    case TIMEOUT ->
                        HttpProblem.PLATFORM_TIMEOUT.because(
                                "The platform did not answer in time. Retry with the same Idempotency-Key.");
                    case BROKEN ->
                        HttpProblem.PLATFORM_FAILED.because(
                                "The platform's answer broke off. Retry with the same Idempotency-Key.");
                    case UNREADABLE -> HttpProblem.PLATFORM_FAILED.because("The platform's answer cannot be read.");
                };
            case PlatformAnswer.Answered<?> _ -> throw new IllegalStateException("answered (expected: a failure)");
        };
    }

    private static ProblemException refused(int status, String code, @Nullable Duration retryAfter) {
        var delay = Objects.requireNonNullElse(retryAfter, SOON);
        var problem =
                switch (status) {
                    case 400, 422 -> HttpProblem.PLATFORM_REFUSED.because("The platform refused the request: " + code);
                    case 404 -> HttpProblem.JOURNEY_UNKNOWN.because("The platform does not know this of the borrower.");
                    case 409 -> HttpProblem.PLATFORM_CONFLICT.because("The platform sees a conflict: " + code);
                    case 429, 503 ->
                        HttpProblem.PLATFORM_BUSY
                                .because("The platform asks to be called later.")
                                .retryAfter(delay);
                    default -> HttpProblem.PLATFORM_FAILED.because("The platform failed with status " + status + ".");
                };
        return problem.member("platformCode", code);
    }
}
