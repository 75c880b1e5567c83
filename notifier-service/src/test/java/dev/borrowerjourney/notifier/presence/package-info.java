@NullMarked
package dev.borrowerjourney.notifier.presence;

import org.jspecify.annotations.NullMarked;
