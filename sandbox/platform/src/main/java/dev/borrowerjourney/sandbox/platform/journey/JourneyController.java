package dev.borrowerjourney.sandbox.platform.journey;

import static dev.borrowerjourney.sandbox.platform.call.PlatformException.notFound;

import dev.borrowerjourney.sandbox.platform.borrower.Borrower;
import dev.borrowerjourney.sandbox.platform.borrower.Journey;
import dev.borrowerjourney.sandbox.platform.call.Answers;
import dev.borrowerjourney.sandbox.platform.call.Call;
import dev.borrowerjourney.sandbox.platform.session.JourneyTypes;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Starts, shows and resumes journeys, and takes the profile in. */
@RestController
@RequestMapping("/api/v1/headless")
class JourneyController {

    private final Answers answers;
    private final JourneyFlow flow;

    JourneyController(Answers answers, JourneyFlow flow) {
        this.answers = answers;
        this.flow = flow;
    }

    @PostMapping("/journeys")
    ResponseEntity<String> start(Call call) {
        String type = JourneyTypes.checked(call.body().text("type"));
        call.body().optionalObject("metadata");
        return answers.change(call, borrower -> {
            Borrower started = flow.start(borrower, type);
            return new Answers.Change(started, Views.Core.of(started.journeys().getLast()));
        });
    }

    @GetMapping("/journeys")
    ResponseEntity<String> list(Call call) {
        return answers.read(
                call,
                borrower -> new Views.Journeys(borrower.journeys().reversed().stream()
                        .map(Views.Summary::of)
                        .toList()));
    }

    @GetMapping("/journeys/{journeyId}")
    ResponseEntity<String> whole(Call call, @PathVariable String journeyId) {
        return answers.read(call, borrower -> Views.whole(borrower, journey(borrower, journeyId)));
    }

    @GetMapping("/journeys/{journeyId}/state")
    ResponseEntity<String> state(Call call, @PathVariable String journeyId) {
        return answers.read(call, borrower -> Views.State.of(journey(borrower, journeyId)));
    }

    @PatchMapping("/journeys/{journeyId}/resume")
    ResponseEntity<String> resume(Call call, @PathVariable String journeyId) {
        return answers.change(
                call, borrower -> new Answers.Change(borrower, Views.Core.of(journey(borrower, journeyId))));
    }

    @PostMapping("/profile/submit")
    ResponseEntity<String> submitProfile(Call call) {
        String journeyId = call.body().text("journeyID");
        return answers.change(call, borrower -> {
            Borrower submitted = flow.submitProfile(borrower, journey(borrower, journeyId));
            return new Answers.Change(submitted, Views.State.of(journey(submitted, journeyId)));
        });
    }

    static Journey journey(Borrower borrower, String journeyId) {
        return borrower.journey(journeyId).orElseThrow(() -> notFound("journey"));
    }
}
