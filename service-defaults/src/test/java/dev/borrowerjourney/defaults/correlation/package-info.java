@NullMarked
package dev.borrowerjourney.defaults.correlation;

import org.jspecify.annotations.NullMarked;
