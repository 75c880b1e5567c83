/**
 * Scripts of timed phases: what the platform is like for a while, and then again as it was.
 */
@NullMarked
package dev.borrowerjourney.sandbox.platform.script;

import org.jspecify.annotations.NullMarked;
