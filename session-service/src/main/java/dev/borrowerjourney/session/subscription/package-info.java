/**
 * Sees to it that the platform sends its webhooks where we receive them: looks at the start and from time to time, and
 * subscribes again where somebody changed it. Nothing here is needed to serve borrowers.
 */
@NullMarked
package dev.borrowerjourney.session.subscription;

import org.jspecify.annotations.NullMarked;
