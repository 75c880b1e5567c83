package dev.borrowerjourney.sandbox.platform.journey;

import static dev.borrowerjourney.sandbox.platform.Assumptions.OFFERS_PATH;
import static dev.borrowerjourney.sandbox.platform.Assumptions.PROCEED_PATH;
import static dev.borrowerjourney.sandbox.platform.Assumptions.STEPS_PATH;
import static dev.borrowerjourney.sandbox.platform.Assumptions.STEP_SUBMIT_PATH;
import static dev.borrowerjourney.sandbox.platform.call.PlatformException.notFound;

import dev.borrowerjourney.sandbox.platform.borrower.Borrower;
import dev.borrowerjourney.sandbox.platform.borrower.Journey;
import dev.borrowerjourney.sandbox.platform.borrower.Offer;
import dev.borrowerjourney.sandbox.platform.borrower.Step;
import dev.borrowerjourney.sandbox.platform.call.Answers;
import dev.borrowerjourney.sandbox.platform.call.Call;
import java.util.List;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Shows offers and their steps, and takes the borrower's choice and entries. */
@RestController
class OfferController {

    private final Answers answers;
    private final OfferFlow flow;
    private final StepFlow steps;
    private final Views views;

    OfferController(Answers answers, OfferFlow flow, StepFlow steps, Views views) {
        this.answers = answers;
        this.flow = flow;
        this.steps = steps;
        this.views = views;
    }

    @GetMapping(OFFERS_PATH)
    ResponseEntity<String> offers(Call call, @PathVariable("journeyID") String journeyId) {
        return answers.read(
                call,
                borrower -> new Views.Offers(
                        JourneyController.journey(borrower, journeyId).offers()));
    }

    @PostMapping(PROCEED_PATH)
    ResponseEntity<String> proceed(Call call, @PathVariable("offerID") String offerId) {
        return answers.change(call, borrower -> {
            Borrower chosen = flow.proceed(borrower, journeyOfOffer(borrower, offerId), offerId);
            return new Answers.Change(chosen, Views.State.of(journeyOfOffer(chosen, offerId)));
        });
    }

    @GetMapping(STEPS_PATH)
    ResponseEntity<String> steps(Call call, @PathVariable("offerID") String offerId) {
        return answers.read(
                call,
                borrower -> new Views.Steps(stepsOf(borrower, offerId).stream()
                        .map(step -> views.step(journeyOfOffer(borrower, offerId), step))
                        .toList()));
    }

    @PostMapping(STEP_SUBMIT_PATH)
    ResponseEntity<String> submit(
            Call call, @PathVariable("offerID") String offerId, @PathVariable("stepID") String stepId) {
        return answers.change(call, borrower -> {
            Step step = step(borrower, offerId, stepId);
            Borrower submitted = steps.submit(borrower, journeyOfOffer(borrower, offerId), step, call.body());
            return new Answers.Change(
                    submitted, views.step(journeyOfOffer(submitted, offerId), step(submitted, offerId, stepId)));
        });
    }

    private static Step step(Borrower borrower, String offerId, String stepId) {
        return stepsOf(borrower, offerId).stream()
                .filter(step -> step.stepId().equals(stepId))
                .findFirst()
                .orElseThrow(() -> notFound("step"));
    }

    private static List<Step> stepsOf(Borrower borrower, String offerId) {
        Journey journey = journeyOfOffer(borrower, offerId);
        boolean chosen = journey.selectedOffer()
                .map(Offer::offerID)
                .filter(offerId::equals)
                .isPresent();
        return chosen ? journey.steps() : List.of();
    }

    private static Journey journeyOfOffer(Borrower borrower, String offerId) {
        return borrower.journeyOfOffer(offerId).orElseThrow(() -> notFound("offer"));
    }
}
