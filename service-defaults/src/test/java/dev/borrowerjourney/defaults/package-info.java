@NullMarked
package dev.borrowerjourney.defaults;

import org.jspecify.annotations.NullMarked;
