@NullMarked
package dev.borrowerjourney.defaults.problem;

import org.jspecify.annotations.NullMarked;
