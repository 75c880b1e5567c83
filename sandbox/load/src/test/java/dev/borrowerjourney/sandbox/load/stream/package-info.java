@NullMarked
package dev.borrowerjourney.sandbox.load.stream;

import org.jspecify.annotations.NullMarked;
