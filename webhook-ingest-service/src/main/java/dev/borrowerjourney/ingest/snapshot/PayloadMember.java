package dev.borrowerjourney.ingest.snapshot;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toUnmodifiableMap;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Every member that is read from a webhook, by its name in the platform's JSON. This is the one place that knows these
 * names. Documented publicly are those of the envelope, {@code borrower}, {@code journeys}, {@code journey}, its
 * {@code type} and its core; the names of all other details are assumed, those of offers after the platform's own offers.
 */
enum PayloadMember {
    SCHEMA_VERSION(Part.ENVELOPE, "schema_version"),
    EVENT_TYPE(Part.ENVELOPE, "event_type"),
    EVENT_ID(Part.ENVELOPE, "event_id"),
    EVENT_AT(Part.ENVELOPE, "event_at"),
    SNAPSHOT_GENERATED_AT(Part.ENVELOPE, "snapshot_generated_at"),
    SEQUENCE(Part.ENVELOPE, "sequence"),
    ISSUER(Part.ENVELOPE, "issuer"),
    TENANT_ID(Part.ENVELOPE, "tenant_id"),
    APPLICATION_ID(Part.ENVELOPE, "application_id"),
    BORROWER(Part.ENVELOPE, "borrower"),

    TRIGGER(Part.ISSUER, "trigger"),

    JOURNEYS(Part.BORROWER, "journeys"),
    JOURNEY(Part.BORROWER, "journey"),

    JOURNEY_ID(Part.JOURNEY, "journeyID"),
    STATUS(Part.JOURNEY, "status"),
    NEXT_ACTION(Part.JOURNEY, "nextAction"),
    TYPE(Part.JOURNEY, "type"),
    LENDER(Part.JOURNEY, "lender"),
    OFFERS(Part.JOURNEY, "offers"),
    SELECTED_OFFER_ID(Part.JOURNEY, "selectedOfferID"),
    REPAYMENT(Part.JOURNEY, "repaymentSchedule"),

    OFFER_ID(Part.OFFER, "offerID"),
    OFFER_LENDER(Part.OFFER, "lender"),
    OFFER_AMOUNT(Part.OFFER, "amount"),
    OFFER_CURRENCY(Part.OFFER, "currency"),
    OFFER_INTEREST_RATE_PERCENT(Part.OFFER, "interestRatePercent"),
    OFFER_APR_PERCENT(Part.OFFER, "aprPercent"),
    OFFER_TENURE_MONTHS(Part.OFFER, "tenureMonths"),
    OFFER_EMI(Part.OFFER, "emi"),
    OFFER_PROCESSING_FEE(Part.OFFER, "processingFee"),
    OFFER_KEY_FACTS_URL(Part.OFFER, "keyFactsURL"),
    OFFER_VALID_UNTIL(Part.OFFER, "validUntil"),
    OFFER_STATUS(Part.OFFER, "status"),

    INSTALMENT_NUMBER(Part.INSTALMENT, "number"),
    INSTALMENT_DUE_DATE(Part.INSTALMENT, "dueDate"),
    INSTALMENT_AMOUNT(Part.INSTALMENT, "amount"),
    INSTALMENT_STATUS(Part.INSTALMENT, "status");

    /** The object that a member stands in. */
    enum Part {
        ENVELOPE,
        ISSUER,
        BORROWER,
        JOURNEY,
        OFFER,
        INSTALMENT,
        /** An object on the way to the borrower's id that nothing else is read from. */
        OTHER;

        @Nullable
        PayloadMember member(String name) {
            return BY_NAME.getOrDefault(this, Map.of()).get(name);
        }
    }

    private static final Map<Part, Map<String, PayloadMember>> BY_NAME = byName();

    private final Part part;
    private final String memberName;

    PayloadMember(Part part, String memberName) {
        this.part = part;
        this.memberName = memberName;
    }

    private static Map<Part, Map<String, PayloadMember>> byName() {
        return Arrays.stream(values())
                .collect(groupingBy(
                        member -> member.part,
                        () -> new EnumMap<>(Part.class),
                        toUnmodifiableMap(member -> member.memberName, Function.identity())));
    }
}
