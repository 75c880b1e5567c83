/**
 * Asks the platform about journeys, so that a webhook that never came is made good. A journey that somebody looks at is
 * asked about every few seconds, within one budget for each application. What is heard is published as an observation;
 * nothing is decided here.
 */
@NullMarked
package dev.borrowerjourney.session.reconciliation;

import org.jspecify.annotations.NullMarked;
