/** Tests of the table of problems. */
@NullMarked
package dev.borrowerjourney.session.problem;

import org.jspecify.annotations.NullMarked;
