/** What services that answer pages of other origins do alike. */
@NullMarked
package dev.borrowerjourney.defaults.browser;

import org.jspecify.annotations.NullMarked;
