package dev.borrowerjourney.projector.projection;

import org.jspecify.annotations.Nullable;

/** A record that its own data made impossible to apply, and its place among what is to be published. */
record DeadLetterRow(
        SourceRecord source, PoisonReason reason, @Nullable String detail, long position) {}
