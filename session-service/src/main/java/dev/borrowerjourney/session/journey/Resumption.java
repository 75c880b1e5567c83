package dev.borrowerjourney.session.journey;

import dev.borrowerjourney.session.identity.Borrower;
import dev.borrowerjourney.session.platform.ActiveJourney;
import dev.borrowerjourney.session.platform.HttpPlatform;
import dev.borrowerjourney.session.platform.PlatformAnswer;
import dev.borrowerjourney.session.problem.HttpProblem;
import dev.borrowerjourney.session.reconciliation.Observations;
import dev.borrowerjourney.session.session.IdempotencyKey;
import dev.borrowerjourney.session.session.PlatformCredentials;
import dev.borrowerjourney.session.session.PlatformFailures;
import dev.borrowerjourney.session.session.Sessions;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Resumes journeys at the platform, which alone decides whose they are: the read model may not know a new journey yet. A
 * call refused with 401 was not executed and is repeated once with renewed credentials.
 */
class Resumption {

    private static final int UNAUTHENTICATED = 401;
    private static final int FORBIDDEN = 403;

    private final Sessions sessions;
    private final HttpPlatform platform;
    private final Observations observations;

    Resumption(Sessions sessions, HttpPlatform platform, Observations observations) {
        this.sessions = sessions;
        this.platform = platform;
        this.observations = observations;
    }

    ActiveJourney resume(Borrower borrower, String journeyId, @Nullable String idempotencyKey, String correlationId) {
        var key = IdempotencyKey.of(idempotencyKey, borrower, "PATCH /v1/journeys/" + journeyId + "/resume")
                .forPlatform();
        var credentials = sessions.platformCredentials(borrower, correlationId);
        var answer = call(credentials, journeyId, key, correlationId);
        if (answer instanceof PlatformAnswer.Refused<?> refused && refused.status() == UNAUTHENTICATED) {
            answer = call(sessions.renewed(credentials, correlationId), journeyId, key, correlationId);
        }
        return switch (answer) {
            case PlatformAnswer.Answered<ActiveJourney>(var journey) -> {
                observations.resumed(borrower.key(), journeyId);
                yield journey;
            }
            case PlatformAnswer.Refused<ActiveJourney> refused
            when refused.status() == FORBIDDEN ->
                throw HttpProblem.JOURNEY_UNKNOWN.because("The borrower has no such journey.");
            case PlatformAnswer.Refused<ActiveJourney> refused -> throw PlatformFailures.problem(refused);
            case PlatformAnswer.Unanswered<ActiveJourney> unanswered -> throw PlatformFailures.problem(unanswered);
        };
    }

    private PlatformAnswer<ActiveJourney> call(
            PlatformCredentials credentials, String journeyId, UUID key, String correlationId) {
        return platform.resume(credentials.token(), journeyId, key, correlationId);
    }
}
