@NullMarked
package dev.borrowerjourney.sandbox.demo.bench;

import org.jspecify.annotations.NullMarked;
