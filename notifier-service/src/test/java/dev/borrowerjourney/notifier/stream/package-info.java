@NullMarked
package dev.borrowerjourney.notifier.stream;

import org.jspecify.annotations.NullMarked;
