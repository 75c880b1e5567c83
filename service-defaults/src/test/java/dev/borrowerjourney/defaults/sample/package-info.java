/** A service made of nothing but the defaults. */
@NullMarked
package dev.borrowerjourney.defaults.sample;

import org.jspecify.annotations.NullMarked;
