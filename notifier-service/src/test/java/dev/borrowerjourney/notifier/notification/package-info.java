@NullMarked
package dev.borrowerjourney.notifier.notification;

import org.jspecify.annotations.NullMarked;
