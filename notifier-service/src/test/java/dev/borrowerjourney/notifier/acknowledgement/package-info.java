@NullMarked
package dev.borrowerjourney.notifier.acknowledgement;

import org.jspecify.annotations.NullMarked;
