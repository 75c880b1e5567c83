package dev.borrowerjourney.projector.projection;

/** Why a record's own data made it impossible to apply. */
public enum PoisonReason {
    /** The record has no value. */
    EMPTY,
    /** The value is not in the registry's wire format. */
    NOT_AVRO,
    /** The value cannot be read under the schema it names. */
    UNDECODABLE,
    /** The value is of another type than a snapshot. */
    OTHER_TYPE,
    /** A field holds what no writer of ours writes, or the record's key is another borrower's. */
    INVALID,
    /** The database refused the data: SQLSTATE class 22 or 23. */
    REFUSED_BY_DATABASE
}
