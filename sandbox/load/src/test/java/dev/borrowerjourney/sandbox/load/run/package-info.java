@NullMarked
package dev.borrowerjourney.sandbox.load.run;

import org.jspecify.annotations.NullMarked;
