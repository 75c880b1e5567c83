package dev.borrowerjourney.schemas.borrower;

import java.util.regex.Pattern;

/**
 * Stands for a borrower in record keys, headers, topics and tables.
 *
 * @param value base64url of HMAC-SHA256, 43 characters without padding
 */
public record BorrowerKey(String value) {

    private static final Pattern SHAPE = Pattern.compile("[A-Za-z0-9_-]{43}");

    public BorrowerKey {
        if (!SHAPE.matcher(value).matches()) {
            throw new IllegalArgumentException("borrower key: " + value.length() + " characters of another shape"
                    + " (expected: 43 characters of base64url)");
        }
    }

    /** The key of one journey: of records of the latest-state topic and of the read model's rows. */
    public String journeyKey(String journeyId) {
        return value + ":" + journeyId;
    }

    @Override
    public String toString() {
        return value;
    }
}
