@NullMarked
package dev.borrowerjourney.ingest.snapshot;

import org.jspecify.annotations.NullMarked;
