package dev.borrowerjourney.notifier.identity;

import dev.borrowerjourney.notifier.problem.HttpProblem;
import java.time.Duration;
import org.springframework.dao.DataAccessException;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** For browsers, whose EventSource cannot send a header. */
@RestController
class TicketController {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    private final PostgresTickets tickets;

    TicketController(PostgresTickets tickets) {
        this.tickets = tickets;
    }

    // A plain return value: the handler runs on a virtual thread, where JDBC may block.
    @PostMapping("/v1/stream/tickets")
    ResponseEntity<Ticket> issue(@AuthenticationPrincipal Borrower borrower) {
        try {
            return ResponseEntity.status(HttpStatus.CREATED)
                    .cacheControl(CacheControl.noStore())
                    .body(tickets.issue(borrower));
        } catch (DataAccessException _) {
            throw HttpProblem.DATABASE_UNAVAILABLE
                    .because("No ticket can be issued now; a stream can be opened with the token itself.")
                    .retryAfter(RETRY_AFTER);
        }
    }
}
