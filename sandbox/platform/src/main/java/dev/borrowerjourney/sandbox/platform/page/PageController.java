package dev.borrowerjourney.sandbox.platform.page;

import static dev.borrowerjourney.sandbox.platform.Assumptions.PAGE_EXPIRED;
import static dev.borrowerjourney.sandbox.platform.Assumptions.RETURN_URL_PARAMETER;
import static dev.borrowerjourney.sandbox.platform.call.PlatformException.invalid;
import static dev.borrowerjourney.sandbox.platform.call.PlatformException.notFound;

import dev.borrowerjourney.sandbox.platform.borrower.Borrower;
import dev.borrowerjourney.sandbox.platform.borrower.Borrowers;
import dev.borrowerjourney.sandbox.platform.borrower.Journey;
import dev.borrowerjourney.sandbox.platform.borrower.Step;
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
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.UriComponentsBuilder;
import tools.jackson.databind.node.JsonNodeFactory;

/** Where a redirect step sends the borrower: one page, one button, one way back. Who knows the step's id may press it. */
@RestController
@RequestMapping("/pages")
class PageController {

    private final Borrowers borrowers;
    private final StepFlow steps;
    private final PlatformClock clock;

    PageController(Borrowers borrowers, StepFlow steps, PlatformClock clock) {
        this.borrowers = borrowers;
        this.steps = steps;
        this.clock = clock;
    }

    @GetMapping(path = "/steps/{stepId}", produces = MediaType.TEXT_HTML_VALUE)
    String page(
            @PathVariable String stepId,
            @RequestParam long expires,
            @RequestParam(name = RETURN_URL_PARAMETER, required = false) @Nullable String returnUrl) {
        refuseExpired(expires);
        URI back = checked(returnUrl, "cancelled");
        Journey journey = journey(owner(stepId), stepId);
        return PageText.step(journey.step(stepId).orElseThrow().kind(), journey.selectedOffer(), back);
    }

    @PostMapping(path = "/steps/{stepId}")
    ResponseEntity<String> agree(
            @PathVariable String stepId,
            @RequestParam long expires,
            @RequestParam(name = RETURN_URL_PARAMETER, required = false) @Nullable String returnUrl) {
        refuseExpired(expires);
        URI back = checked(returnUrl, "done");
        borrowers.change(owner(stepId).ref(), borrower -> {
            Journey journey = journey(borrower, stepId);
            Step step = journey.step(stepId).orElseThrow();
            Members nothing = new Members(JsonNodeFactory.instance.objectNode());
            return steps.submit(borrower, journey, step, nothing);
        });
        return back == null
                ? ResponseEntity.ok().contentType(MediaType.TEXT_HTML).body(PageText.done())
                : ResponseEntity.status(HttpStatus.SEE_OTHER).location(back).build();
    }

    @GetMapping(path = "/key-facts/{offerId}", produces = MediaType.TEXT_HTML_VALUE)
    String keyFacts(@PathVariable String offerId) {
        return borrowers
                .having(offerId)
                .flatMap(borrower -> borrower.journeyOfOffer(offerId))
                .flatMap(journey -> journey.offer(offerId))
                .map(PageText::keyFacts)
                .orElseThrow(() -> notFound("offer"));
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
            throw new PlatformException(HttpStatus.GONE, PAGE_EXPIRED, "Read the step again for a fresh page.");
        }
    }

    private static @Nullable URI checked(@Nullable String returnUrl, String result) {
        if (returnUrl == null) {
            return null;
        }
        try {
            URI url = URI.create(returnUrl);
            if (url.getHost() != null && ("https".equals(url.getScheme()) || "http".equals(url.getScheme()))) {
                return UriComponentsBuilder.fromUri(url)
                        .queryParam("result", result)
                        .build(true)
                        .toUri();
            }
        } catch (IllegalArgumentException _) {
            throw invalid(RETURN_URL_PARAMETER + " must be a URL.");
        }
        throw invalid(RETURN_URL_PARAMETER + " must be a URL.");
    }
}
