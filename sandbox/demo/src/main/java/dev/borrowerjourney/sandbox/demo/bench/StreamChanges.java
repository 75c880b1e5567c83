package dev.borrowerjourney.sandbox.demo.bench;

import dev.borrowerjourney.sandbox.demo.place.SandboxSecrets;
import dev.borrowerjourney.schemas.event.Freshness;
import dev.borrowerjourney.schemas.event.FreshnessState;
import dev.borrowerjourney.schemas.event.JourneyChanged;
import dev.borrowerjourney.schemas.event.JourneyContent;
import dev.borrowerjourney.schemas.event.JourneyCore;
import dev.borrowerjourney.schemas.event.JourneyDetails;
import dev.borrowerjourney.schemas.event.Offer;
import dev.borrowerjourney.schemas.event.Source;
import dev.borrowerjourney.schemas.event.SourceOffset;
import dev.borrowerjourney.schemas.header.EventIds;
import java.time.Instant;
import java.util.List;

/** What the changes say: the same members for ours and for the limit. */
final class StreamChanges {

    private static final List<String> STATUSES =
            List.of("LENDER_PROCESSING", "OFFERS_AVAILABLE", "KYC_PENDING", "BANK_MANDATE_PENDING");

    private static final JourneyDetails DETAILS = new JourneyDetails(
            "PERSONAL_LOAN",
            "Example Lender",
            List.of(new Offer(
                    "offer-1",
                    "Example Lender",
                    "150000.00",
                    "INR",
                    "12.50",
                    "14.10",
                    24,
                    "7100.00",
                    "2500.00",
                    "https://lender.example/key-facts/1",
                    Instant.parse("2027-01-31T00:00:00Z"),
                    "AVAILABLE")),
            null,
            null);

    private static final String BARE = """
            {"journeyId":"JOURNEY","applicationId":"APPLICATION","type":"PERSONAL_LOAN","status":"STATUS",\
            "nextAction":"WAIT","version":VERSION,"source":"WEBHOOK","platformAt":"TIME","changedAt":"TIME",\
            "confirmedAt":null,"fresh":{"asOf":"TIME","state":"FRESH"},"details":{"type":"PERSONAL_LOAN",\
            "lender":"Example Lender","offers":[{"offerId":"offer-1","lender":"Example Lender","amount":"150000.00",\
            "currency":"INR","interestRatePercent":"12.50","aprPercent":"14.10","tenureMonths":24,"emi":"7100.00",\
            "processingFee":"2500.00","keyFactsUrl":"https://lender.example/key-facts/1",\
            "validUntil":"2027-01-31T00:00:00Z","status":"AVAILABLE"}],"selectedOfferId":null,"repayment":null}}""".replace("APPLICATION", SandboxSecrets.APPLICATION_ID);

    private StreamChanges() {}

    /** As the projector publishes it, stamped with the time when it was due. */
    static JourneyChanged event(StreamBorrowers.Borrower borrower, long version, Instant due) {
        return JourneyChanged.newBuilder()
                .setChangeId(EventIds.change(borrower.key(), borrower.journeyId(), version)
                        .toString())
                .setBorrowerKey(borrower.key().value())
                .setApplicationId(SandboxSecrets.APPLICATION_ID)
                .setJourneyId(borrower.journeyId())
                .setVersion(version)
                .setBefore(content(version - 1))
                .setAfter(content(version))
                .setSource(Source.WEBHOOK)
                .setPlatformAt(due)
                .setChangedAt(due)
                .setFresh(new Freshness(due, FreshnessState.FRESH))
                .setEventId("evt_" + borrower.journeyId() + "_" + version)
                .setSourceOffset(SourceOffset.newBuilder()
                        .setTopicId("AAAAAAAAAAAAAAAAAAAAAA")
                        .setPartition(0)
                        .setOffset(version)
                        .build())
                .build();
    }

    /** The text that a device of ours is shown of the same change. */
    static String text(StreamBorrowers.Borrower borrower, long version, Instant due) {
        return BARE.replace("JOURNEY", borrower.journeyId())
                .replace("STATUS", status(version))
                .replace("VERSION", Long.toString(version))
                .replace("TIME", due.toString());
    }

    private static JourneyContent content(long version) {
        return new JourneyContent(new JourneyCore(status(version), "WAIT"), DETAILS);
    }

    private static String status(long version) {
        return STATUSES.get((int) (version % STATUSES.size()));
    }
}
