/** Reads a topic once, from where it begins to where it ended when the reading began. */
@NullMarked
package dev.borrowerjourney.ingest.scan;

import org.jspecify.annotations.NullMarked;
