/** The upkeep of subscriptions against a platform that a test can bend. */
@NullMarked
package dev.borrowerjourney.session.subscription;

import org.jspecify.annotations.NullMarked;
