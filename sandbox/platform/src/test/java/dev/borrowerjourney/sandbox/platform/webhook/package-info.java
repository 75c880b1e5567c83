/** Tests of what a receiver relies on byte by byte. */
@NullMarked
package dev.borrowerjourney.sandbox.platform.webhook;

import org.jspecify.annotations.NullMarked;
