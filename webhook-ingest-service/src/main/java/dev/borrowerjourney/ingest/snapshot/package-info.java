/**
 * Reads what a verified body says. Every body gets an answer in bounded time and memory: a snapshot, or the reason why it
 * is none. No body makes the reader fail.
 */
@NullMarked
package dev.borrowerjourney.ingest.snapshot;

import org.jspecify.annotations.NullMarked;
