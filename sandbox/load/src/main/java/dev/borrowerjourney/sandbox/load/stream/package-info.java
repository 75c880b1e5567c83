/**
 * Many devices with an open stream each, read by one thread, and the account of what each of them was shown. One clock: a
 * change's time is taken where it is acknowledged and where it is read, in this process.
 */
@NullMarked
package dev.borrowerjourney.sandbox.load.stream;

import org.jspecify.annotations.NullMarked;
