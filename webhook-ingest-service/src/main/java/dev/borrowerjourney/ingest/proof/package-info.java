/** Proves afterwards that a record of the log holds what the platform signed, without showing what that is. */
@NullMarked
package dev.borrowerjourney.ingest.proof;

import org.jspecify.annotations.NullMarked;
