@NullMarked
package dev.borrowerjourney.notifier.identity;

import org.jspecify.annotations.NullMarked;
