package dev.borrowerjourney.session.journey;

import dev.borrowerjourney.defaults.correlation.CorrelationId;
import dev.borrowerjourney.session.identity.Borrower;
import dev.borrowerjourney.session.platform.ActiveJourney;
import dev.borrowerjourney.session.problem.HttpProblem;
import dev.borrowerjourney.session.reconciliation.Observations;
import java.time.DateTimeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Reads leave the event loop by themselves; a handler with a plain return value runs on a virtual thread and may block. */
@RestController
@RequestMapping("/v1/journeys")
class JourneyController {

    private static final int MOST_ITEMS = 100;

    private final PostgresJourneys journeys;
    private final Reads reads;
    private final Waiting waiting;
    private final Resumption resumption;
    private final Observations observations;

    JourneyController(
            PostgresJourneys journeys, Reads reads, Waiting waiting, Resumption resumption, Observations observations) {
        this.journeys = journeys;
        this.reads = reads;
        this.waiting = waiting;
        this.resumption = resumption;
        this.observations = observations;
    }

    @GetMapping
    Mono<Page<Journey>> list(
            @AuthenticationPrincipal Borrower borrower,
            @RequestParam(required = false) @Nullable String after,
            @RequestParam(defaultValue = "100") int limit,
            @RequestParam(defaultValue = "") String cursor) {
        observations.called(borrower.key());
        checkLimit(limit);
        // No database keeps a text with U+0000, so no answer had such a cursor.
        if (cursor.indexOf('\0') >= 0) {
            throw cursorInvalid();
        }
        var page = reads.read(() -> journeys.list(borrower.key(), cursor, limit + 1))
                .map(found -> Page.of(found, limit, Journey::journeyId));
        if (after == null) {
            return page;
        }
        var instant = instantOf(after);
        return reads.read(() -> journeys.lastChange(borrower.key()))
                .filter(changed -> changed.filter(instant::isBefore).isPresent())
                .switchIfEmpty(waiting.forChange(borrower.key(), instant).then(Mono.empty()))
                .then(page);
    }

    @GetMapping("/{journeyId}")
    Mono<Journey> find(
            @AuthenticationPrincipal Borrower borrower,
            @PathVariable String journeyId,
            @RequestParam(required = false) @Nullable String after) {
        observations.called(borrower.key());
        var journey = reads.read(() -> journeys.find(borrower.key(), journeyId));
        if (after == null) {
            return journey.map(found -> found.orElseThrow(JourneyController::unknown));
        }
        var instant = instantOf(after);
        var later = reads.read(() -> journeys.find(borrower.key(), journeyId));
        return journey.filter(found ->
                        found.map(Journey::changedAt).filter(instant::isBefore).isPresent())
                .switchIfEmpty(
                        waiting.forChange(borrower.key(), journeyId, instant).then(later))
                .map(found -> found.orElseThrow(JourneyController::unknown));
    }

    @GetMapping("/{journeyId}/timeline")
    Mono<Page<Change>> timeline(
            @AuthenticationPrincipal Borrower borrower,
            @PathVariable String journeyId,
            @RequestParam(defaultValue = "100") int limit,
            @RequestParam(defaultValue = "0") String cursor) {
        observations.called(borrower.key());
        checkLimit(limit);
        if (!cursor.matches("[0-9]{1,18}")) {
            throw cursorInvalid();
        }
        return reads.read(() -> {
            var changes = journeys.timeline(borrower.key(), journeyId, Long.parseLong(cursor), limit + 1);
            if (changes.isEmpty() && journeys.find(borrower.key(), journeyId).isEmpty()) {
                throw unknown();
            }
            return Page.of(changes, limit, change -> Long.toString(change.version()));
        });
    }

    @PatchMapping("/{journeyId}/resume")
    ActiveJourney resume(
            @AuthenticationPrincipal Borrower borrower,
            @PathVariable String journeyId,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String idempotencyKey,
            ServerWebExchange exchange) {
        return resumption.resume(borrower, journeyId, idempotencyKey, CorrelationId.of(exchange));
    }

    private static Instant instantOf(String after) {
        try {
            return Instant.parse(after);
        } catch (DateTimeException _) {
            throw HttpProblem.PARAMETER_INVALID.because("after: an instant such as 2026-03-05T08:00:00Z is expected.");
        }
    }

    private static void checkLimit(int limit) {
        if (limit < 1 || limit > MOST_ITEMS) {
            throw HttpProblem.PARAMETER_INVALID.because("limit: 1 to " + MOST_ITEMS + " is expected.");
        }
    }

    private static RuntimeException cursorInvalid() {
        return HttpProblem.PARAMETER_INVALID.because("cursor: the value of next of an earlier answer is expected.");
    }

    private static RuntimeException unknown() {
        return HttpProblem.JOURNEY_UNKNOWN.because("The borrower has no such journey.");
    }
}
