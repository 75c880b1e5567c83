/**
 * Signed journey.snapshot webhooks, at least once and in order per borrower, and the subscription they go to.
 */
@NullMarked
package dev.borrowerjourney.sandbox.platform.webhook;

import org.jspecify.annotations.NullMarked;
