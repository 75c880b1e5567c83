/** Everything this service refuses or fails with, as one table of problem types. */
@NullMarked
package dev.borrowerjourney.session.problem;

import org.jspecify.annotations.NullMarked;
