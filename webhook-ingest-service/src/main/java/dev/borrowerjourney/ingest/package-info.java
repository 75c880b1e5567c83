/** The receiver of the platform's webhooks: what was acknowledged is in the log, and nothing else is in the log. */
@NullMarked
package dev.borrowerjourney.ingest;

import org.jspecify.annotations.NullMarked;
