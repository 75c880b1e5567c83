/**
 * Decides which changes a borrower's devices are told of by push, and when, and sends them: only what no device has shown,
 * only what is still so, and not in the hours in which the borrower wants quiet.
 */
@NullMarked
package dev.borrowerjourney.notifier.notification;

import org.jspecify.annotations.NullMarked;
