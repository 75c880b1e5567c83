package dev.borrowerjourney.projector.projection;

import org.jspecify.annotations.Nullable;

/** What became of a record's bytes. Trouble of the registry is neither of these, and is thrown. */
public sealed interface Decoded {

    SourceRecord source();

    record Legible(SourceRecord source, Snapshot snapshot) implements Decoded {}

    /**
     * A record whose own data cannot be read.
     *
     * @param detail the exception's type, without any value of the record
     */
    record Poison(
            SourceRecord source,
            PoisonReason reason,
            @Nullable String detail) implements Decoded {}
}
