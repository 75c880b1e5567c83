@NullMarked
package dev.borrowerjourney.sandbox.demo.tool;

import org.jspecify.annotations.NullMarked;
