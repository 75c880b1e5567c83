/**
 * What every call to the platform has in common: tokens, correlation, envelope, errors, idempotency.
 */
@NullMarked
package dev.borrowerjourney.sandbox.platform.call;

import org.jspecify.annotations.NullMarked;
