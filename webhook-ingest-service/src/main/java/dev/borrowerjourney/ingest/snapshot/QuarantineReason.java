package dev.borrowerjourney.ingest.snapshot;

/** Why an authentic delivery could not be read. */
public enum QuarantineReason {
    /** Empty, cut off, not JSON, or followed by something else. */
    NOT_JSON,
    /** JSON, but not an object. */
    NOT_AN_OBJECT,
    /** Nested deeper than the reader follows. */
    TOO_DEEP,
    /** A name, number or text that is longer than any the platform can mean. */
    TOO_LONG,
    /** A member that is read stands twice in one object; which one is meant cannot be told. */
    DUPLICATE_KEYS,
    /** The schema's major version is not 1. */
    UNSUPPORTED_SCHEMA_VERSION,
    /** Another event than a journey snapshot. */
    UNSUPPORTED_EVENT_TYPE,
    NO_EVENT_ID,
    NO_TENANT,
    NO_APPLICATION,
    /** None of the configured places holds the borrower's id. */
    NO_BORROWER,
    /** Neither a list of journeys nor a single one. */
    NO_JOURNEYS,
    NO_JOURNEY_ID,
    NO_STATUS,
    /** One journey stands twice in the list of journeys. */
    DUPLICATE_JOURNEY,
    /** The sequence is not a whole number of 64 bits. */
    BAD_SEQUENCE,
    /** A time of the envelope is not an ISO-8601 instant between 1970 and 9999. */
    BAD_TIME,
    /** A member has another JSON type than it must have. */
    WRONG_TYPE,
    /** A text holds control characters or half a surrogate pair, which no database keeps. */
    UNSUITABLE_TEXT,
    /** The reader itself failed: a defect of ours, logged where it happened. */
    READER_FAILED
}
