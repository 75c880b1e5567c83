/**
 * Takes the platform's deliveries. A delivery is acknowledged only once the log has it on every in-sync replica, because
 * the platform stops sending at the first success; whatever is not authentic leaves no trace in the log.
 */
@NullMarked
package dev.borrowerjourney.ingest.delivery;

import org.jspecify.annotations.NullMarked;
