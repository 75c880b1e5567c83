package dev.borrowerjourney.ingest.delivery;

import java.util.Locale;

/** The kinds of receipts, as metrics name them. */
enum Outcome {
    PUBLISHED,
    QUARANTINED,
    REFUSED,
    POSTPONED;

    private final String tag = name().toLowerCase(Locale.ROOT);

    String tag() {
        return tag;
    }

    static Outcome of(Receipt receipt) {
        return switch (receipt) {
            case Receipt.Published() -> PUBLISHED;
            case Receipt.Quarantined _ -> QUARANTINED;
            case Receipt.Refused _ -> REFUSED;
            case Receipt.Postponed _ -> POSTPONED;
        };
    }
}
