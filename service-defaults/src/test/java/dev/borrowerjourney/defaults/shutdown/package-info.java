@NullMarked
package dev.borrowerjourney.defaults.shutdown;

import org.jspecify.annotations.NullMarked;
