/**
 * What operators do with deliveries that are authentic and could not be read: look at them without seeing anything personal,
 * and send them on once they can be read, as if they had just come.
 */
@NullMarked
package dev.borrowerjourney.ingest.quarantine;

import org.jspecify.annotations.NullMarked;
