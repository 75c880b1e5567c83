@NullMarked
package dev.borrowerjourney.defaults.logging;

import org.jspecify.annotations.NullMarked;
