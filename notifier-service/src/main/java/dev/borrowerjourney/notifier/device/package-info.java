/**
 * Knows where the borrowers' devices are reached. A device and its address belong to one borrower at a time, and an address
 * lies sealed in the database.
 */
@NullMarked
package dev.borrowerjourney.notifier.device;

import org.jspecify.annotations.NullMarked;
