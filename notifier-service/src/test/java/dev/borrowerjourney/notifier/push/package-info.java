@NullMarked
package dev.borrowerjourney.notifier.push;

import org.jspecify.annotations.NullMarked;
