/** Coverage-guided fuzzing of whatever reads what strangers send. */
@NullMarked
package dev.borrowerjourney.ingest.fuzz;

import org.jspecify.annotations.NullMarked;
