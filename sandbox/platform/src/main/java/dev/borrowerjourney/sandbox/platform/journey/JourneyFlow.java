package dev.borrowerjourney.sandbox.platform.journey;

import static dev.borrowerjourney.sandbox.platform.Assumptions.NEXT_COMPLETE_PROFILE;
import static dev.borrowerjourney.sandbox.platform.Assumptions.NEXT_WAIT;
import static dev.borrowerjourney.sandbox.platform.Assumptions.PROFILE_INCOMPLETE;
import static dev.borrowerjourney.sandbox.platform.Assumptions.TRIGGER_LENDER;
import static dev.borrowerjourney.sandbox.platform.Assumptions.TRIGGER_PROFILE;
import static dev.borrowerjourney.sandbox.platform.Assumptions.TRIGGER_STARTED;
import static dev.borrowerjourney.sandbox.platform.Assumptions.TRIGGER_STATUS;
import static dev.borrowerjourney.sandbox.platform.call.PlatformException.wrongState;

import dev.borrowerjourney.sandbox.platform.SandboxPlatformProperties;
import dev.borrowerjourney.sandbox.platform.borrower.Borrower;
import dev.borrowerjourney.sandbox.platform.borrower.Due;
import dev.borrowerjourney.sandbox.platform.borrower.Journey;
import dev.borrowerjourney.sandbox.platform.borrower.Outcome;
import dev.borrowerjourney.sandbox.platform.borrower.Step;
import dev.borrowerjourney.sandbox.platform.call.PlatformException;
import dev.borrowerjourney.sandbox.platform.clock.PlatformClock;
import dev.borrowerjourney.sandbox.platform.session.ProfileRules;
import dev.borrowerjourney.sandbox.platform.webhook.SnapshotRecorder;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** How a journey begins and what its waits lead to. Offers, steps and payments have flows of their own. */
@Component
public class JourneyFlow {

    private final SnapshotRecorder snapshots;
    private final OfferFlow offers;
    private final StepFlow steps;
    private final PaymentFlow payments;
    private final Outcomes outcomes;
    private final PlatformClock clock;
    private final SandboxPlatformProperties.Waits waits;

    JourneyFlow(
            SnapshotRecorder snapshots,
            OfferFlow offers,
            StepFlow steps,
            PaymentFlow payments,
            Outcomes outcomes,
            PlatformClock clock,
            SandboxPlatformProperties properties) {
        this.snapshots = snapshots;
        this.offers = offers;
        this.steps = steps;
        this.payments = payments;
        this.outcomes = outcomes;
        this.clock = clock;
        this.waits = properties.waits();
    }

    Borrower start(Borrower borrower, String type) {
        Journey journey = Journey.started(UUID.randomUUID().toString(), type, clock.now());
        Borrower started = snapshots.moved(borrower, journey, "STARTED", null, TRIGGER_STARTED);
        return snapshots.moved(
                started, started.journeys().getLast(), "PROFILE_REQUIRED", NEXT_COMPLETE_PROFILE, TRIGGER_PROFILE);
    }

    Borrower submitProfile(Borrower borrower, Journey journey) {
        if (!journey.status().equals("PROFILE_REQUIRED")) {
            throw wrongState("The journey does not wait for a profile.");
        }
        List<String> missing = ProfileRules.missing(borrower.data(), journey);
        if (!missing.isEmpty()) {
            throw new PlatformException(
                    HttpStatus.UNPROCESSABLE_CONTENT,
                    PROFILE_INCOMPLETE,
                    "The profile lacks " + String.join(", ", missing) + ".");
        }
        Journey going = journey.going(outcomes.of(borrower, journey));
        return snapshots.moved(
                borrower,
                waiting(going, Due.What.PROFILE_CHECKED, waits.profileCheck()),
                "PROFILE_SUBMITTED",
                NEXT_WAIT,
                TRIGGER_PROFILE);
    }

    /** What happens when the wait of a journey is over. */
    Borrower due(Borrower borrower, Journey waited, Due.What what) {
        Journey journey = waited.waitingFor(null);
        return switch (what) {
            case PROFILE_CHECKED -> profileChecked(borrower, journey);
            case OFFERS_FOUND -> offers.found(borrower, journey);
            case OFFERS_EXPIRED -> offers.expired(borrower, journey);
            case LENDER_PREPARED -> lenderPrepared(borrower, journey);
            case STEP_CHECKED -> steps.next(borrower, journey);
            case UNKNOWN_PASSED -> unknownPassed(borrower, journey);
            case DISBURSED ->
                journey.goes(Outcome.LENDER_DECLINES)
                        ? rejected(borrower, journey)
                        : payments.disbursed(borrower, journey);
            case PAYMENT_SETTLED -> payments.settled(borrower, journey);
            case REJECTED -> rejected(borrower, journey);
            case JOURNEY_EXPIRED -> snapshots.moved(borrower, journey, "EXPIRED", null, TRIGGER_STATUS);
        };
    }

    /** Puts a journey into any state at all, a never heard-of status included; waits and steps stay as they are. */
    public Borrower forced(Borrower borrower, Journey journey, String status, @Nullable String nextAction) {
        return snapshots.moved(borrower, journey, status, nextAction, TRIGGER_STATUS);
    }

    private Borrower profileChecked(Borrower borrower, Journey journey) {
        if (!ProfileRules.missing(borrower.data(), journey).isEmpty()) {
            return snapshots.moved(borrower, journey, "PROFILE_REQUIRED", NEXT_COMPLETE_PROFILE, TRIGGER_PROFILE);
        }
        return journey.goes(Outcome.CONSENT_FIRST)
                ? steps.consentFirst(borrower, journey)
                : offers.search(borrower, journey);
    }

    private Borrower lenderPrepared(Borrower borrower, Journey journey) {
        if (!journey.goes(Outcome.NEVER_HEARD_OF)) {
            return steps.next(borrower, journey);
        }
        return snapshots.moved(
                borrower,
                waiting(journey, Due.What.UNKNOWN_PASSED, waits.unknown()),
                "VIDEO_CALL_SCHEDULED",
                "ATTEND_VIDEO_CALL",
                TRIGGER_LENDER);
    }

    /** Either the journey was somewhere unheard of and goes on, or its step was, and can now be done as usual. */
    private Borrower unknownPassed(Borrower borrower, Journey journey) {
        return journey.firstStep(Step.Status.ACTION_REQUIRED).isPresent()
                ? borrower.with(journey)
                : steps.next(borrower, journey);
    }

    private Borrower rejected(Borrower borrower, Journey journey) {
        return snapshots.moved(borrower, journey, "REJECTED", null, TRIGGER_LENDER);
    }

    private Journey waiting(Journey journey, Due.What what, Duration wait) {
        return journey.waitingFor(new Due(what, clock.in(wait)));
    }
}
