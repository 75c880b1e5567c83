/** The verbs of {@code sandbox/run} for developers: a hostile platform, and webhooks to look at, to have and to repeat. */
@NullMarked
package dev.borrowerjourney.sandbox.demo.tool;

import org.jspecify.annotations.NullMarked;
