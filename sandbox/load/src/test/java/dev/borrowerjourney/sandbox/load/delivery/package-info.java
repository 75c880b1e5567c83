@NullMarked
package dev.borrowerjourney.sandbox.load.delivery;

import org.jspecify.annotations.NullMarked;
