/** How often may be called. Counted by each instance for itself, in memory: a shared count would be a call to a store on the way of every call. */
@NullMarked
package dev.borrowerjourney.session.limit;

import org.jspecify.annotations.NullMarked;
