package dev.borrowerjourney.ingest.snapshot;

import dev.borrowerjourney.ingest.snapshot.PayloadMember.Part;
import dev.borrowerjourney.schemas.event.Instalment;
import dev.borrowerjourney.schemas.event.JourneyDetails;
import dev.borrowerjourney.schemas.event.Offer;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonToken;

/**
 * Reads the details of one journey. Their names and forms are assumed, so a detail of another form is left out and
 * counted: it must not keep the journey's status from the borrower.
 */
final class DetailsReader {

    private static final int LONGEST_TEXT = 2048;
    private static final int MOST_DIGITS = 40;
    private static final int MOST_WHOLE_DIGITS = 30;
    private static final int MOST_FRACTION_DIGITS = 10;

    private final BodyCursor cursor;
    private boolean present;
    private @Nullable String type;
    private @Nullable String lender;
    private @Nullable List<Offer> offers;
    private @Nullable String selectedOfferId;
    private @Nullable List<Instalment> repayment;
    private int unread;

    DetailsReader(BodyCursor cursor) {
        this.cursor = cursor;
    }

    /** The details, or null if no member of theirs was there. */
    @Nullable
    JourneyDetails details() {
        return present ? new JourneyDetails(type, lender, offers, selectedOfferId, repayment) : null;
    }

    int unread() {
        return unread;
    }

    void read(PayloadMember member) {
        present = true;
        switch (member) {
            case TYPE -> type = text();
            case LENDER -> lender = text();
            case OFFERS -> offers = list(this::offer);
            case SELECTED_OFFER_ID -> selectedOfferId = text();
            case REPAYMENT -> repayment = list(this::instalment);
            default -> throw new IllegalStateException(member + " (expected: a detail of a journey)");
        }
    }

    private @Nullable Offer offer() {
        var offer = new Offer();
        cursor.members(Part.OFFER, null, (member, _) -> {
            switch (member) {
                case OFFER_ID -> offer.put("offerId", text());
                case OFFER_LENDER -> offer.put("lender", text());
                case OFFER_AMOUNT -> offer.put("amount", decimal());
                case OFFER_CURRENCY -> offer.put("currency", text());
                case OFFER_INTEREST_RATE_PERCENT -> offer.put("interestRatePercent", decimal());
                case OFFER_APR_PERCENT -> offer.put("aprPercent", decimal());
                case OFFER_TENURE_MONTHS -> offer.put("tenureMonths", whole());
                case OFFER_EMI -> offer.put("emi", decimal());
                case OFFER_PROCESSING_FEE -> offer.put("processingFee", decimal());
                case OFFER_KEY_FACTS_URL -> offer.put("keyFactsUrl", text());
                case OFFER_VALID_UNTIL -> offer.put("validUntil", instant());
                case OFFER_STATUS -> offer.put("status", text());
                default -> throw new IllegalStateException(member + " (expected: a member of an offer)");
            }
        });
        if (offer.getOfferId() == null) {
            // Nobody can proceed with it, so it is none.
            leaveOut();
            return null;
        }
        return offer;
    }

    private Instalment instalment() {
        var instalment = new Instalment();
        cursor.members(Part.INSTALMENT, null, (member, _) -> {
            switch (member) {
                case INSTALMENT_NUMBER -> instalment.put("number", whole());
                case INSTALMENT_DUE_DATE -> instalment.put("dueDate", text());
                case INSTALMENT_AMOUNT -> instalment.put("amount", decimal());
                case INSTALMENT_STATUS -> instalment.put("status", text());
                default -> throw new IllegalStateException(member + " (expected: a member of an instalment)");
            }
        });
        return instalment;
    }

    private <T> @Nullable List<T> list(Supplier<@Nullable T> item) {
        if (cursor.token() != JsonToken.START_ARRAY) {
            leaveOutUnlessNull();
            return null;
        }
        var items = new ArrayList<T>();
        while (cursor.parser().nextToken() != JsonToken.END_ARRAY) {
            if (cursor.token() != JsonToken.START_OBJECT) {
                leaveOut();
                continue;
            }
            var read = item.get();
            if (read != null) {
                items.add(read);
            }
        }
        return items;
    }

    private @Nullable String text() {
        if (cursor.token() != JsonToken.VALUE_STRING) {
            leaveOutUnlessNull();
            return null;
        }
        var text = cursor.parser().getString();
        return orLeaveOut(text.length() <= LONGEST_TEXT && BodyCursor.storable(text) ? text : null);
    }

    private @Nullable String decimal() {
        if (!cursor.token().isNumeric() && cursor.token() != JsonToken.VALUE_STRING) {
            leaveOutUnlessNull();
            return null;
        }
        var text = cursor.parser().getString();
        return orLeaveOut(isPlainDecimal(text) ? text : plain(text));
    }

    /** Whether the text has up to thirty digits and, after a point, up to ten more. */
    private static boolean isPlainDecimal(String text) {
        int start = text.startsWith("-") ? 1 : 0;
        int point = digits(text, start);
        if (point == start || point - start > MOST_WHOLE_DIGITS) {
            return false;
        }
        if (point == text.length()) {
            return true;
        }
        int end = digits(text, point + 1);
        return text.charAt(point) == '.'
                && end == text.length()
                && end > point + 1
                && end - point - 1 <= MOST_FRACTION_DIGITS;
    }

    /** Where the digits that begin at this place end. */
    private static int digits(String text, int from) {
        int at = from;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        return at;
    }

    /** Plain notation of a number with an exponent, unless it would be longer than any amount. */
    private @Nullable String plain(String text) {
        if (cursor.token() != JsonToken.VALUE_NUMBER_FLOAT || text.length() > MOST_DIGITS) {
            return null;
        }
        try {
            var number = new BigDecimal(text);
            return Math.abs((long) number.scale()) + number.precision() > MOST_DIGITS ? null : number.toPlainString();
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private @Nullable Integer whole() {
        var decimal = decimal();
        if (decimal == null) {
            return null;
        }
        try {
            return Integer.valueOf(decimal);
        } catch (NumberFormatException e) {
            leaveOut();
            return null;
        }
    }

    private @Nullable Instant instant() {
        var text = text();
        return text == null ? null : orLeaveOut(BodyCursor.instant(text));
    }

    private <T> @Nullable T orLeaveOut(@Nullable T read) {
        if (read == null) {
            leaveOut();
        }
        return read;
    }

    private void leaveOutUnlessNull() {
        if (cursor.token() != JsonToken.VALUE_NULL) {
            leaveOut();
        }
    }

    private void leaveOut() {
        unread++;
        cursor.parser().skipChildren();
    }
}
