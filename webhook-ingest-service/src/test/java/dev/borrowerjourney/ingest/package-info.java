@NullMarked
package dev.borrowerjourney.ingest;

import org.jspecify.annotations.NullMarked;
