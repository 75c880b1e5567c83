/**
 * Sends pushes. A push says that there is something to look at and never what: it can be built only from a closed set of
 * texts and an opaque reference.
 */
@NullMarked
package dev.borrowerjourney.notifier.push;

import org.jspecify.annotations.NullMarked;
