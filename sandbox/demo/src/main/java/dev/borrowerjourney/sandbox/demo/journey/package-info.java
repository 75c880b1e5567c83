/**
 * Borrowers' apps that walk through a whole journey by HTTP alone, through the edge, led by what the stream says; and the
 * comparison of what they saw with the read model and with the platform's truth.
 */
@NullMarked
package dev.borrowerjourney.sandbox.demo.journey;

import org.jspecify.annotations.NullMarked;
