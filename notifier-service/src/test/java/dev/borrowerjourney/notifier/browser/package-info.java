@NullMarked
package dev.borrowerjourney.notifier.browser;

import org.jspecify.annotations.NullMarked;
