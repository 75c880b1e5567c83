package dev.borrowerjourney.sandbox.platform.journey;

import static dev.borrowerjourney.sandbox.platform.Assumptions.OFFER_EXPIRED;
import static dev.borrowerjourney.sandbox.platform.Assumptions.OFFER_LOCKED;
import static dev.borrowerjourney.sandbox.platform.Assumptions.PROFILE_INCOMPLETE;
import static dev.borrowerjourney.sandbox.platform.Assumptions.REJECTED_PAN;
import static dev.borrowerjourney.sandbox.platform.call.PlatformException.notFound;
import static dev.borrowerjourney.sandbox.platform.call.PlatformException.wrongState;

import dev.borrowerjourney.sandbox.platform.SandboxPlatformProperties;
import dev.borrowerjourney.sandbox.platform.borrower.Borrower;
import dev.borrowerjourney.sandbox.platform.borrower.Due;
import dev.borrowerjourney.sandbox.platform.borrower.Journey;
import dev.borrowerjourney.sandbox.platform.borrower.Offer;
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

/** How a journey goes from its start to an offer, and what its waits lead to. The rest is {@link StepFlow}'s. */
@Component
public class JourneyFlow {

    private static final String PROFILE = "journey.profile.updated";
    private static final String OFFER = "journey.offer.updated";

    private final SnapshotRecorder snapshots;
    private final StepFlow steps;
    private final PaymentFlow payments;
    private final OfferBook offers;
    private final PlatformClock clock;
    private final SandboxPlatformProperties.Waits waits;

    JourneyFlow(
            SnapshotRecorder snapshots,
            StepFlow steps,
            PaymentFlow payments,
            OfferBook offers,
            PlatformClock clock,
            SandboxPlatformProperties properties) {
        this.snapshots = snapshots;
        this.steps = steps;
        this.payments = payments;
        this.offers = offers;
        this.clock = clock;
        this.waits = properties.waits();
    }

    Borrower start(Borrower borrower, String type) {
        Journey journey = Journey.started(UUID.randomUUID().toString(), type, clock.now());
        Borrower started = snapshots.moved(borrower, journey, "STARTED", null, "journey.started");
        return snapshots.moved(started, started.journeys().getLast(), "PROFILE_REQUIRED", "COMPLETE_PROFILE", PROFILE);
    }

    Borrower submitProfile(Borrower borrower, Journey journey) {
        if (!journey.status().equals("PROFILE_REQUIRED")) {
            throw wrongState("The journey does not wait for a profile.");
        }
        List<String> missing = ProfileRules.missing(borrower.data());
        if (!missing.isEmpty()) {
            throw new PlatformException(
                    HttpStatus.UNPROCESSABLE_CONTENT,
                    PROFILE_INCOMPLETE,
                    "The profile lacks " + String.join(", ", missing) + ".");
        }
        return snapshots.moved(
                borrower,
                waiting(journey, Due.What.PROFILE_CHECKED, waits.profileCheck()),
                "PROFILE_SUBMITTED",
                "WAIT",
                PROFILE);
    }

    /** Going on with the offer once more changes nothing; with another one it is refused. */
    Borrower proceed(Borrower borrower, Journey journey, String offerId) {
        Offer chosen = journey.offer(offerId).orElseThrow(() -> notFound("offer"));
        return switch (chosen.status()) {
            case PROCEEDED -> borrower;
            case BLOCKED ->
                throw new PlatformException(
                        HttpStatus.CONFLICT, OFFER_LOCKED, "Another offer of this journey was chosen.");
            case EXPIRED -> throw new PlatformException(HttpStatus.CONFLICT, OFFER_EXPIRED, "The offer has expired.");
            case AVAILABLE ->
                snapshots.moved(
                        borrower,
                        waiting(journey, Due.What.LENDER_PREPARED, waits.lenderPreparation())
                                .withOffers(OfferBook.chosen(journey.offers(), offerId))
                                .withSteps(steps.planned(journey.type())),
                        "OFFER_SELECTED",
                        "WAIT",
                        OFFER);
        };
    }

    /** What happens when the wait of a journey is over. */
    Borrower due(Borrower borrower, Journey waited, Due.What what) {
        Journey journey = waited.waitingFor(null);
        return switch (what) {
            case PROFILE_CHECKED ->
                snapshots.moved(
                        borrower,
                        waiting(journey, Due.What.OFFERS_FOUND, waits.offerSearch()),
                        "OFFERS_PENDING",
                        "WAIT",
                        OFFER);
            case OFFERS_FOUND -> offersFound(borrower, journey);
            case OFFERS_EXPIRED ->
                snapshots.moved(
                        borrower, journey.withOffers(OfferBook.expired(journey.offers())), "EXPIRED", null, OFFER);
            case LENDER_PREPARED, STEP_CHECKED -> steps.next(borrower, journey);
            case DISBURSED -> payments.disbursed(borrower, journey);
            case PAYMENT_SETTLED -> payments.settled(borrower, journey);
        };
    }

    /** Puts a journey into any state at all, a never heard-of status included; waits and steps stay as they are. */
    public Borrower forced(Borrower borrower, Journey journey, String status, @Nullable String nextAction) {
        return snapshots.moved(borrower, journey, status, nextAction, "journey.status.updated");
    }

    private Borrower offersFound(Borrower borrower, Journey journey) {
        if (REJECTED_PAN.equals(borrower.data().at("/profile/pan").asString(""))) {
            return snapshots.moved(borrower, journey, "REJECTED", null, OFFER);
        }
        Due expiry = new Due(Due.What.OFFERS_EXPIRED, clock.in(waits.offerValidity()));
        return snapshots.moved(
                borrower,
                journey.withOffers(offers.made(expiry.at())).waitingFor(expiry),
                "OFFERS_AVAILABLE",
                "VIEW_OFFERS",
                OFFER);
    }

    private Journey waiting(Journey journey, Due.What what, Duration wait) {
        return journey.waitingFor(new Due(what, clock.in(wait)));
    }
}
