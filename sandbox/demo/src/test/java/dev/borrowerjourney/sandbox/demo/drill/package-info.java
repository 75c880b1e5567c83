@NullMarked
package dev.borrowerjourney.sandbox.demo.drill;

import org.jspecify.annotations.NullMarked;
