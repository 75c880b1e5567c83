@NullMarked
package dev.borrowerjourney.notifier;

import org.jspecify.annotations.NullMarked;
