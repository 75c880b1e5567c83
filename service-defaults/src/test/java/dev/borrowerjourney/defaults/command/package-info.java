@NullMarked
package dev.borrowerjourney.defaults.command;

import org.jspecify.annotations.NullMarked;
