package dev.borrowerjourney.sandbox.platform.session;

import static dev.borrowerjourney.sandbox.platform.Assumptions.INVALID_REFRESH_TOKEN;
import static dev.borrowerjourney.sandbox.platform.Assumptions.REFRESH_TOKEN_REUSED;
import static dev.borrowerjourney.sandbox.platform.Assumptions.SESSION_REFRESH_PATH;
import static dev.borrowerjourney.sandbox.platform.call.PlatformException.invalid;
import static dev.borrowerjourney.sandbox.platform.call.PlatformException.unauthorized;

import dev.borrowerjourney.sandbox.platform.borrower.Borrower;
import dev.borrowerjourney.sandbox.platform.borrower.BorrowerRef;
import dev.borrowerjourney.sandbox.platform.borrower.Borrowers;
import dev.borrowerjourney.sandbox.platform.borrower.Session;
import dev.borrowerjourney.sandbox.platform.call.Answers;
import dev.borrowerjourney.sandbox.platform.call.Call;
import dev.borrowerjourney.sandbox.platform.call.Caller;
import dev.borrowerjourney.sandbox.platform.call.PlatformException;
import dev.borrowerjourney.sandbox.platform.call.Tokens;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Creates, resumes and renews sessions, for backends only. */
@RestController
class SessionController {

    private static final int LONGEST_EXTERNAL_ID = 128;

    private final Answers answers;
    private final Borrowers borrowers;
    private final Sessions sessions;
    private final ProfileRules rules;

    SessionController(Answers answers, Borrowers borrowers, Sessions sessions, ProfileRules rules) {
        this.answers = answers;
        this.borrowers = borrowers;
        this.sessions = sessions;
        this.rules = rules;
    }

    @PostMapping("/api/v1/headless/sessions")
    ResponseEntity<String> create(Call call) {
        String externalId = call.body().text("borrowerExternalID");
        if (externalId.length() > LONGEST_EXTERNAL_ID) {
            throw invalid("borrowerExternalID must have at most " + LONGEST_EXTERNAL_ID + " characters.");
        }
        Optional<String> type = call.body().optionalText("journeyType").map(JourneyTypes::checked);
        Caller.Backend backend = call.backend();
        BorrowerRef ref = new BorrowerRef(backend.applicationId(), externalId);
        return answers.change(call, ref, backend.tenantId(), borrower -> {
            Sessions.Opened opened = sessions.open(borrower.withData(rules.merge(borrower.data(), call.body())));
            return new Answers.Change(
                    opened.borrower(), Credentials.of(opened, activeJourney(opened.borrower(), type)));
        });
    }

    @PostMapping(SESSION_REFRESH_PATH)
    ResponseEntity<String> refresh(Call call) {
        String hash = Tokens.hash(call.body().text("refreshToken"));
        Caller.Backend backend = call.backend();
        Borrower owner = borrowers
                .having(hash)
                .filter(borrower -> borrower.applicationId().equals(backend.applicationId()))
                .orElseThrow(SessionController::unknownToken);
        try {
            return answers.change(call, owner.ref(), backend.tenantId(), borrower -> {
                Sessions.Opened opened = sessions.renew(borrower, hash).orElseThrow(SessionController::unknownToken);
                return new Answers.Change(opened.borrower(), Renewed.of(opened));
            });
        } catch (RefreshTokenReusedException _) {
            // A refused call changes nothing by itself, but this one has to end the session.
            borrowers.change(owner.ref(), borrower -> sessions.end(borrower, hash));
            throw unauthorized(REFRESH_TOKEN_REUSED, "The refresh token was used before; its session is ended.");
        }
    }

    private static @Nullable ActiveJourney activeJourney(Borrower borrower, Optional<String> type) {
        return borrower.journeys().reversed().stream()
                .filter(journey -> !journey.over())
                .filter(journey -> type.isEmpty() || type.get().equals(journey.type()))
                .findFirst()
                .map(journey -> new ActiveJourney(journey.journeyId(), journey.status(), journey.nextAction()))
                .orElse(null);
    }

    private static PlatformException unknownToken() {
        return unauthorized(INVALID_REFRESH_TOKEN, "The refresh token is not valid.");
    }

    record ActiveJourney(
            String journeyID, String status, @Nullable String nextAction) {}

    record Credentials(
            String borrowerID,
            String borrowerExternalID,
            String sessionToken,
            String refreshToken,
            Instant sessionExpiresAt,
            Instant refreshExpiresAt,
            @Nullable ActiveJourney activeJourney) {

        static Credentials of(Sessions.Opened opened, @Nullable ActiveJourney active) {
            Renewed renewed = Renewed.of(opened);
            return new Credentials(
                    renewed.borrowerID(),
                    renewed.borrowerExternalID(),
                    renewed.sessionToken(),
                    renewed.refreshToken(),
                    renewed.sessionExpiresAt(),
                    renewed.refreshExpiresAt(),
                    active);
        }
    }

    record Renewed(
            String borrowerID,
            String borrowerExternalID,
            String sessionToken,
            String refreshToken,
            Instant sessionExpiresAt,
            Instant refreshExpiresAt) {

        static Renewed of(Sessions.Opened opened) {
            Session session = opened.session();
            return new Renewed(
                    opened.borrower().borrowerId(),
                    opened.borrower().externalId(),
                    opened.sessionToken(),
                    opened.refreshToken(),
                    session.tokens().getLast().expiresAt(),
                    session.refreshExpiresAt());
        }
    }
}
