package dev.borrowerjourney.session.session;

import dev.borrowerjourney.defaults.correlation.CorrelationId;
import dev.borrowerjourney.session.identity.Borrower;
import dev.borrowerjourney.session.platform.ActiveJourney;
import dev.borrowerjourney.session.problem.HttpProblem;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import tools.jackson.databind.json.JsonMapper;

/** Plain return values throughout, so that the handlers run on virtual threads and may block. */
@RestController
@RequestMapping("/v1/sessions")
class SessionController {

    private static final PostgresSessions.Cursor FIRST = new PostgresSessions.Cursor(Instant.EPOCH, new UUID(0, 0));
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");
    private static final int MOST_ITEMS = 100;

    private final Sessions sessions;
    private final JsonMapper json;

    SessionController(Sessions sessions, JsonMapper json) {
        this.sessions = sessions;
        this.json = json;
    }

    @PostMapping
    ResponseEntity<SessionView> create(
            @AuthenticationPrincipal Borrower borrower,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String idempotencyKey,
            @RequestBody(required = false) byte @Nullable [] body,
            ServerWebExchange exchange) {
        var key = IdempotencyKey.of(idempotencyKey, borrower, "POST /v1/sessions");
        var prefill = Prefill.of(body == null ? new byte[0] : body, json);
        return answer(sessions.create(borrower, key, prefill, CorrelationId.of(exchange)));
    }

    @PostMapping("/{sessionId}/refresh")
    ResponseEntity<SessionView> refresh(
            @AuthenticationPrincipal Borrower borrower, @PathVariable String sessionId, ServerWebExchange exchange) {
        return answer(sessions.refresh(borrower, idOf(sessionId), CorrelationId.of(exchange)));
    }

    @GetMapping
    ListView list(
            @AuthenticationPrincipal Borrower borrower,
            @RequestParam(defaultValue = "100") int limit,
            @RequestParam(required = false) @Nullable String cursor) {
        if (limit < 1 || limit > MOST_ITEMS) {
            throw HttpProblem.PARAMETER_INVALID.because("limit: 1 to " + MOST_ITEMS + " is expected.");
        }
        var found = sessions.list(borrower, cursor == null ? FIRST : cursorOf(cursor), limit + 1);
        var items = found.subList(0, Math.min(limit, found.size()));
        return new ListView(items, found.size() > limit ? textOf(items.getLast()) : null);
    }

    @DeleteMapping("/{sessionId}")
    ResponseEntity<Void> end(@AuthenticationPrincipal Borrower borrower, @PathVariable String sessionId) {
        sessions.end(borrower, idOf(sessionId));
        return ResponseEntity.noContent().build();
    }

    @DeleteMapping
    ResponseEntity<Void> endAll(@AuthenticationPrincipal Borrower borrower) {
        sessions.endAll(borrower);
        return ResponseEntity.noContent().build();
    }

    private static ResponseEntity<SessionView> answer(Sessions.Credentials credentials) {
        var answer = ResponseEntity.ok().cacheControl(CacheControl.noStore());
        if (credentials.replayed()) {
            answer.header("Idempotency-Replayed", "true");
        }
        return answer.body(SessionView.of(credentials));
    }

    private static UUID idOf(String sessionId) {
        try {
            return UUID.fromString(sessionId);
        } catch (IllegalArgumentException _) {
            throw HttpProblem.SESSION_UNKNOWN.because("The borrower has no such session.");
        }
    }

    private static PostgresSessions.Cursor cursorOf(String text) {
        try {
            var parts = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.US_ASCII).split(" ", 2);
            var createdAt = Instant.parse(parts[0]);
            if (createdAt.isBefore(FIRST.createdAt()) || createdAt.isAfter(LATEST)) {
                throw new DateTimeException("not a time of a session");
            }
            return new PostgresSessions.Cursor(createdAt, UUID.fromString(parts[1]));
        } catch (IllegalArgumentException | DateTimeException | ArrayIndexOutOfBoundsException _) {
            throw HttpProblem.PARAMETER_INVALID.because("cursor: the value of next of an earlier answer is expected.");
        }
    }

    private static String textOf(PostgresSessions.Listed last) {
        var text = last.createdAt() + " " + last.sessionId();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.US_ASCII));
    }

    /** @param next the cursor of the next page, or null on the last one */
    record ListView(
            List<PostgresSessions.Listed> items, @Nullable String next) {}

    record Links(String relay, String stream, String refresh) {}

    /** @param activeJourney the journey to resume, or null */
    record SessionView(
            UUID sessionId,
            String sessionToken,
            Instant sessionExpiresAt,
            @Nullable ActiveJourney activeJourney,
            Links links) {

        static SessionView of(Sessions.Credentials credentials) {
            var issued = credentials.issued();
            return new SessionView(
                    issued.sessionId(),
                    issued.token().reveal(),
                    issued.expiresAt(),
                    credentials.activeJourney(),
                    new Links("/api/v1/headless", "/v1/stream", "/v1/sessions/" + issued.sessionId() + "/refresh"));
        }

        @Override
        public String toString() {
            return "SessionView[" + sessionId + "]";
        }
    }
}
