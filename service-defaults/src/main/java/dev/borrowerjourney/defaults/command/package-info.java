/** Operator commands: the service's own jar with a verb as first argument. */
@NullMarked
package dev.borrowerjourney.defaults.command;

import org.jspecify.annotations.NullMarked;
