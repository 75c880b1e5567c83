/**
 * Looks after the keys that seal deliveries in the log: a key is known before it seals, opens as long as the log holds what
 * it sealed, and is destroyed then.
 */
@NullMarked
package dev.borrowerjourney.ingest.sealing;

import org.jspecify.annotations.NullMarked;
