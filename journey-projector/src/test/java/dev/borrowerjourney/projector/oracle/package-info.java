/** The merge law once more, written from its text alone: it shares no type and no line with what it checks. */
@NullMarked
package dev.borrowerjourney.projector.oracle;

import org.jspecify.annotations.NullMarked;
