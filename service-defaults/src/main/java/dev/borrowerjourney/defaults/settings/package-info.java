/** A setting that nothing reads stops the start, instead of being ignored in silence. */
@NullMarked
package dev.borrowerjourney.defaults.settings;

import org.jspecify.annotations.NullMarked;
