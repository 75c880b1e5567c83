@NullMarked
package dev.borrowerjourney.sandbox.platform.script;

import org.jspecify.annotations.NullMarked;
