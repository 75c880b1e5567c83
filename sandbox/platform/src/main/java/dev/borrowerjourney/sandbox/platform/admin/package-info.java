/**
 * What tests and drills ask and set: the truth about every journey, the switches, the pace, the subscriptions.
 */
@NullMarked
package dev.borrowerjourney.sandbox.platform.admin;

import org.jspecify.annotations.NullMarked;
