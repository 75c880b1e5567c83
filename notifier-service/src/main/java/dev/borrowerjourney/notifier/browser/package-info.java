/** Says which other origins' pages may call this service, and opens streams for no others. */
@NullMarked
package dev.borrowerjourney.notifier.browser;

import org.jspecify.annotations.NullMarked;
