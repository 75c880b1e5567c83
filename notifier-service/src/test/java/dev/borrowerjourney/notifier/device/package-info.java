@NullMarked
package dev.borrowerjourney.notifier.device;

import org.jspecify.annotations.NullMarked;
