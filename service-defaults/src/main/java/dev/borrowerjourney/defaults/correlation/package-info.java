/** One id and one trace per request, found again in answers, logs and records. */
@NullMarked
package dev.borrowerjourney.defaults.correlation;

import org.jspecify.annotations.NullMarked;
