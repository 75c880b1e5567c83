@NullMarked
package dev.borrowerjourney.defaults.secret;

import org.jspecify.annotations.NullMarked;
