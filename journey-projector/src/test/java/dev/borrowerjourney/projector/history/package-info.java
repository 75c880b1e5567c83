@NullMarked
package dev.borrowerjourney.projector.history;

import org.jspecify.annotations.NullMarked;
