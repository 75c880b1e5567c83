/**
 * The merge law: what a journey's state is, given any set of observations. Registers and visible state depend only on
 * that set, never on order, repetition or batching; versions and history depend on the order in the log as well.
 *
 * <p>Pure: no framework, no format, no clock. Contents are compared and never looked into.
 */
@NullMarked
package dev.borrowerjourney.projector.law;

import org.jspecify.annotations.NullMarked;
