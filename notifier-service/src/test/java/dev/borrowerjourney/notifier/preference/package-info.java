@NullMarked
package dev.borrowerjourney.notifier.preference;

import org.jspecify.annotations.NullMarked;
