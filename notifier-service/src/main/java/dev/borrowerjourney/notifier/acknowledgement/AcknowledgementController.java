package dev.borrowerjourney.notifier.acknowledgement;

import dev.borrowerjourney.notifier.identity.Borrower;
import dev.borrowerjourney.notifier.problem.HttpProblem;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
class AcknowledgementController {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    private final PostgresAcknowledgements acknowledgements;

    AcknowledgementController(PostgresAcknowledgements acknowledgements) {
        this.acknowledgements = acknowledgements;
    }

    /**
     * @param journeyId null where the body lacks it
     * @param version null where the body lacks it
     */
    record Acknowledgement(
            @Nullable String journeyId, @Nullable Long version) {}

    // No reactive type: the handler runs on a virtual thread, where JDBC may block.
    @PostMapping("/v1/stream/acknowledgements")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void keep(@AuthenticationPrincipal Borrower borrower, @RequestBody Acknowledgement shown) {
        var journeyId = shown.journeyId();
        var version = shown.version();
        if (journeyId == null || journeyId.isBlank() || version == null || version < 1) {
            throw HttpProblem.BODY_UNREADABLE.because("Send journeyId, and version from 1.");
        }
        // No database keeps a text with U+0000, so no journey has such an id.
        if (journeyId.indexOf('\0') >= 0 || !kept(borrower, journeyId, version)) {
            throw HttpProblem.JOURNEY_UNKNOWN.because("Acknowledge a journey and version that the stream has shown.");
        }
    }

    private boolean kept(Borrower borrower, String journeyId, long version) {
        try {
            return acknowledgements.keep(borrower.key(), journeyId, version);
        } catch (DataAccessException _) {
            throw HttpProblem.DATABASE_UNAVAILABLE
                    .because("The acknowledgement was not kept; send it again.")
                    .retryAfter(RETRY_AFTER);
        }
    }
}
