package dev.borrowerjourney.sandbox.platform.journey;

import static dev.borrowerjourney.sandbox.platform.Assumptions.AA_SESSIONS_PATH;
import static dev.borrowerjourney.sandbox.platform.Assumptions.AA_SESSION_PATH;
import static dev.borrowerjourney.sandbox.platform.call.PlatformException.notFound;
import static dev.borrowerjourney.sandbox.platform.call.PlatformException.wrongState;

import dev.borrowerjourney.sandbox.platform.borrower.Borrower;
import dev.borrowerjourney.sandbox.platform.borrower.Journey;
import dev.borrowerjourney.sandbox.platform.borrower.Step;
import dev.borrowerjourney.sandbox.platform.borrower.StepKind;
import dev.borrowerjourney.sandbox.platform.call.Answers;
import dev.borrowerjourney.sandbox.platform.call.Call;
import java.util.Optional;
import java.util.UUID;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** The Account Aggregator session: another door to the consent step. */
@RestController
class AaController {

    private final Answers answers;
    private final Views views;

    AaController(Answers answers, Views views) {
        this.answers = answers;
        this.views = views;
    }

    @PostMapping(AA_SESSIONS_PATH)
    ResponseEntity<String> open(Call call, @PathVariable("journeyID") String journeyId) {
        return answers.change(call, borrower -> {
            Journey journey = JourneyController.journey(borrower, journeyId);
            Step consent = consent(journey)
                    .orElseThrow(() -> wrongState("The journey asks for no Account Aggregator consent."));
            String known = journey.aaSessionId();
            String id = known == null ? UUID.randomUUID().toString() : known;
            Borrower opened = borrower.with(journey.withAaSession(id));
            return new Answers.Change(opened, views.aaSession(id, journey, consent));
        });
    }

    @GetMapping(AA_SESSION_PATH)
    ResponseEntity<String> read(Call call, @PathVariable("aaSessionID") String aaSessionId) {
        return answers.read(call, borrower -> borrower.find(journey -> aaSessionId.equals(journey.aaSessionId()))
                .flatMap(journey -> consent(journey).map(step -> views.aaSession(aaSessionId, journey, step)))
                .orElseThrow(() -> notFound("Account Aggregator session")));
    }

    private static Optional<Step> consent(Journey journey) {
        return journey.steps().stream()
                .filter(step -> step.kind() == StepKind.AA_CONSENT)
                .findFirst();
    }
}
