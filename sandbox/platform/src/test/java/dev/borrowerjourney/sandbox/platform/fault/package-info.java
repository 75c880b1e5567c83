@NullMarked
package dev.borrowerjourney.sandbox.platform.fault;

import org.jspecify.annotations.NullMarked;
