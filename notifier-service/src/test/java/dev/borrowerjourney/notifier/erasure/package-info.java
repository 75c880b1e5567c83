@NullMarked
package dev.borrowerjourney.notifier.erasure;

import org.jspecify.annotations.NullMarked;
