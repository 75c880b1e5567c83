package dev.borrowerjourney.sandbox.platform.page;

import static dev.borrowerjourney.sandbox.platform.Assumptions.PAGE_CANCELLED;
import static dev.borrowerjourney.sandbox.platform.Assumptions.PAGE_EXPIRED;
import static dev.borrowerjourney.sandbox.platform.Assumptions.PAGE_FAILED;
import static dev.borrowerjourney.sandbox.platform.Assumptions.RESULT_PARAMETER;
import static dev.borrowerjourney.sandbox.platform.Assumptions.RETURN_URL_PARAMETER;
import static dev.borrowerjourney.sandbox.platform.call.PlatformException.invalid;
import static dev.borrowerjourney.sandbox.platform.call.PlatformException.notFound;

import dev.borrowerjourney.sandbox.platform.borrower.Borrower;
import dev.borrowerjourney.sandbox.platform.borrower.Borrowers;
import dev.borrowerjourney.sandbox.platform.borrower.Journey;
import dev.borrowerjourney.sandbox.platform.borrower.Outcome;
import dev.borrowerjourney.sandbox.platform.borrower.Step;
import dev.borrowerjourney.sandbox.platform.borrower.Step.Diagnostics;
import dev.borrowerjourney.sandbox.platform.borrower.StepKind;
import dev.borrowerjourney.sandbox.platform.call.Members;
import dev.borrowerjourney.sandbox.platform.call.PlatformException;
import dev.borrowerjourney.sandbox.platform.clock.PlatformClock;
import dev.borrowerjourney.sandbox.platform.journey.StepFlow;
import java.net.URI;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.util.UriComponentsBuilder;
import tools.jackson.databind.node.JsonNodeFactory;

/** Where a redirect step sends the borrower: agree, turn back, or fail. Who knows the step's id may press the buttons. */
@RestController
@RequestMapping("/pages")
class PageController {

    private static final Diagnostics CANCELLED =
            new Diagnostics(PAGE_CANCELLED, "The page was left without agreeing.", true);
    private static final Diagnostics ENDED_BY_BANK =
            new Diagnostics(PAGE_CANCELLED, "The bank ended its page before the mandate was set up.", true);
    private static final Diagnostics FAILED = new Diagnostics(PAGE_FAILED, "The page could not do its work.", true);

    private final Borrowers borrowers;
    private final StepFlow steps;
    private final PlatformClock clock;

    PageController(Borrowers borrowers, StepFlow steps, PlatformClock clock) {
        this.borrowers = borrowers;
        this.steps = steps;
        this.clock = clock;
    }

    /** What was pressed; nothing named is the agreement. */
    record Pressed(@Nullable String answer) {}

    @GetMapping("/steps/{stepId}")
    ResponseEntity<String> page(
            @PathVariable String stepId,
            @RequestParam long expires,
            @RequestParam(name = RETURN_URL_PARAMETER, required = false) @Nullable String returnUrl) {
        checked(returnUrl);
        refuseExpired(expires);
        Journey journey = journey(owner(stepId), stepId);
        Step step = journey.step(stepId).filter(it -> it.kind().redirect()).orElseThrow(() -> notFound("page"));
        return html(HttpStatus.OK, PageText.step(step, journey.selectedOffer()));
    }

    @PostMapping("/steps/{stepId}")
    ResponseEntity<String> press(
            @PathVariable String stepId,
            @RequestParam long expires,
            @RequestParam(name = RETURN_URL_PARAMETER, required = false) @Nullable String returnUrl,
            @ModelAttribute Pressed pressed) {
        URI back = checked(returnUrl);
        refuseExpired(expires);
        Borrower owner = owner(stepId);
        Result result = result(journey(owner, stepId), stepId, pressed);
        borrowers.change(owner.ref(), borrower -> {
            Journey journey = journey(borrower, stepId);
            Step step = journey.step(stepId).orElseThrow();
            return result.reason() == null
                    ? steps.submit(borrower, journey, step, new Members(JsonNodeFactory.instance.objectNode()))
                    : steps.cameBack(borrower, journey, step, result.reason());
        });
        return back == null
                ? html(HttpStatus.OK, PageText.done())
                : ResponseEntity.status(HttpStatus.SEE_OTHER)
                        .location(with(back, result.name()))
                        .build();
    }

    @GetMapping("/key-facts/{offerId}")
    ResponseEntity<String> keyFacts(@PathVariable String offerId) {
        return borrowers
                .having(offerId)
                .flatMap(borrower -> borrower.journeyOfOffer(offerId))
                .flatMap(journey -> journey.offer(offerId))
                .map(offer -> html(HttpStatus.OK, PageText.keyFacts(offer)))
                .orElseThrow(() -> notFound("offer"));
    }

    /** These are read by people. */
    @ExceptionHandler
    ResponseEntity<String> refused(PlatformException refused, ServerWebExchange exchange) {
        String title = refused.status() == HttpStatus.GONE ? "This page has expired" : "This page cannot be shown";
        String returnUrl = exchange.getRequest().getQueryParams().getFirst(RETURN_URL_PARAMETER);
        URI back = refused.status() == HttpStatus.BAD_REQUEST || returnUrl == null ? null : checked(returnUrl);
        return html(refused.status(), PageFrame.refused(title, String.valueOf(refused.getMessage()), back));
    }

    private record Result(String name, @Nullable Diagnostics reason) {}

    private static Result result(Journey journey, String stepId, Pressed pressed) {
        Step step = journey.step(stepId).orElseThrow();
        if (journey.goes(Outcome.BANK_CANCELS) && step.kind() == StepKind.E_MANDATE && step.attempts() == 0) {
            return new Result("cancelled", ENDED_BY_BANK);
        }
        return switch (pressed.answer()) {
            case null -> new Result("done", null);
            case "agree" -> new Result("done", null);
            case "cancel" -> new Result("cancelled", CANCELLED);
            case "fail" -> new Result("failed", FAILED);
            default -> throw invalid("answer must be agree, cancel or fail.");
        };
    }

    private Borrower owner(String stepId) {
        return borrowers
                .having(stepId)
                .filter(borrower -> borrower.journeyOfStep(stepId).isPresent())
                .orElseThrow(() -> notFound("step"));
    }

    private static Journey journey(Borrower borrower, String stepId) {
        return borrower.journeyOfStep(stepId).orElseThrow(() -> notFound("step"));
    }

    private void refuseExpired(long expires) {
        if (clock.now().isAfter(Instant.ofEpochMilli(expires))) {
            throw new PlatformException(
                    HttpStatus.GONE, PAGE_EXPIRED, "Go back to the app and open the step again for a fresh page.");
        }
    }

    private static ResponseEntity<String> html(HttpStatus status, String text) {
        return ResponseEntity.status(status)
                .contentType(MediaType.TEXT_HTML)
                .header(
                        "Content-Security-Policy",
                        "default-src 'none'; style-src 'self'; img-src data:; base-uri 'none'; "
                                + "frame-ancestors 'none'")
                .header("Referrer-Policy", "no-referrer")
                .header("Cache-Control", "no-store")
                .body(text);
    }

    private static @Nullable URI checked(@Nullable String returnUrl) {
        if (returnUrl == null) {
            return null;
        }
        try {
            URI url = URI.create(returnUrl);
            if (url.getHost() != null && ("https".equals(url.getScheme()) || "http".equals(url.getScheme()))) {
                return url;
            }
        } catch (IllegalArgumentException _) {
            throw invalid(RETURN_URL_PARAMETER + " must be a URL.");
        }
        throw invalid(RETURN_URL_PARAMETER + " must be a URL.");
    }

    private static URI with(URI back, String result) {
        return UriComponentsBuilder.fromUri(back)
                .queryParam(RESULT_PARAMETER, result)
                .build(true)
                .toUri();
    }
}
