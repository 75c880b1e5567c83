@NullMarked
package dev.borrowerjourney.defaults.tracing;

import org.jspecify.annotations.NullMarked;
