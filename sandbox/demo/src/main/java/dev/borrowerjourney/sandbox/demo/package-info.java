/** The one command: starts everything as processes, drives journeys through it, stops it without a trace. */
@NullMarked
package dev.borrowerjourney.sandbox.demo;

import org.jspecify.annotations.NullMarked;
