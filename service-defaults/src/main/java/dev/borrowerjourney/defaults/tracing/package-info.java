/** Spans for a collector, where one is configured, that say how long what took and nothing of whom it was about. */
@NullMarked
package dev.borrowerjourney.defaults.tracing;

import org.jspecify.annotations.NullMarked;
