package dev.borrowerjourney.sandbox.demo.operator;

import java.time.Instant;

/** That a device of the borrower has shown this version or a later one. */
record Acknowledged(String journeyId, long version, Instant at) {}
