package dev.borrowerjourney.sandbox.platform.journey;

import static dev.borrowerjourney.sandbox.platform.Assumptions.NEXT_WAIT;
import static dev.borrowerjourney.sandbox.platform.Assumptions.OFFER_EXPIRED;
import static dev.borrowerjourney.sandbox.platform.Assumptions.OFFER_LOCKED;
import static dev.borrowerjourney.sandbox.platform.call.PlatformException.notFound;
import static dev.borrowerjourney.sandbox.platform.call.PlatformException.wrongState;

import dev.borrowerjourney.sandbox.platform.SandboxPlatformProperties;
import dev.borrowerjourney.sandbox.platform.borrower.Borrower;
import dev.borrowerjourney.sandbox.platform.borrower.Due;
import dev.borrowerjourney.sandbox.platform.borrower.Journey;
import dev.borrowerjourney.sandbox.platform.borrower.Offer;
import dev.borrowerjourney.sandbox.platform.borrower.Outcome;
import dev.borrowerjourney.sandbox.platform.call.PlatformException;
import dev.borrowerjourney.sandbox.platform.clock.PlatformClock;
import dev.borrowerjourney.sandbox.platform.webhook.SnapshotRecorder;
import java.time.Duration;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** From the question to the lenders to the one offer that the borrower goes on with. */
@Component
class OfferFlow {

    private static final String OFFER = "journey.offer.updated";

    private final SnapshotRecorder snapshots;
    private final OfferBook book;
    private final PlatformClock clock;
    private final SandboxPlatformProperties.Waits waits;

    OfferFlow(SnapshotRecorder snapshots, OfferBook book, PlatformClock clock, SandboxPlatformProperties properties) {
        this.snapshots = snapshots;
        this.book = book;
        this.clock = clock;
        this.waits = properties.waits();
    }

    Borrower search(Borrower borrower, Journey journey) {
        Journey searching = journey.waitingFor(new Due(Due.What.OFFERS_FOUND, clock.in(waits.offerSearch())));
        return snapshots.moved(borrower, searching, "OFFERS_PENDING", NEXT_WAIT, OFFER);
    }

    Borrower found(Borrower borrower, Journey journey) {
        if (journey.goes(Outcome.NO_LENDER)) {
            return snapshots.moved(borrower, journey, "REJECTED", null, OFFER);
        }
        Duration validity = journey.goes(Outcome.OFFERS_EXPIRE) ? waits.shortValidity() : waits.offerValidity();
        Due expiry = new Due(Due.What.OFFERS_EXPIRED, clock.in(validity));
        return snapshots.moved(
                borrower,
                journey.withOffers(book.made(journey, expiry.at())).waitingFor(expiry),
                "OFFERS_AVAILABLE",
                "VIEW_OFFERS",
                OFFER);
    }

    Borrower expired(Borrower borrower, Journey journey) {
        return snapshots.moved(
                borrower, journey.withOffers(OfferBook.expired(journey.offers())), "EXPIRED", null, OFFER);
    }

    /** Going on with the offer once more changes nothing; with another one it is refused. */
    Borrower proceed(Borrower borrower, Journey journey, String offerId) {
        Offer chosen = journey.offer(offerId).orElseThrow(() -> notFound("offer"));
        return switch (chosen.status()) {
            case PROCEEDED -> borrower;
            case BLOCKED ->
                throw new PlatformException(
                        HttpStatus.CONFLICT, OFFER_LOCKED, "Another offer of this journey was chosen.");
            case EXPIRED -> throw expired();
            case AVAILABLE -> chosen(borrower, journey, chosen);
        };
    }

    private Borrower chosen(Borrower borrower, Journey journey, Offer offer) {
        if (journey.over()) {
            throw wrongState("The journey is over.");
        }
        if (!offer.validUntil().isAfter(clock.now())) {
            throw expired();
        }
        Journey preparing = journey.waitingFor(new Due(Due.What.LENDER_PREPARED, clock.in(waits.lenderPreparation())))
                .withOffers(OfferBook.chosen(journey.offers(), offer.offerID()))
                .withSteps(StepFlow.planned(journey));
        return snapshots.moved(borrower, preparing, "OFFER_SELECTED", NEXT_WAIT, OFFER);
    }

    private static PlatformException expired() {
        return new PlatformException(HttpStatus.CONFLICT, OFFER_EXPIRED, "The offer has expired.");
    }
}
