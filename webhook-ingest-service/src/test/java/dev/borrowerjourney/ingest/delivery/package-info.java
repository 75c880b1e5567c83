@NullMarked
package dev.borrowerjourney.ingest.delivery;

import org.jspecify.annotations.NullMarked;
