/**
 * Sends deliveries over a fixed number of keep-alive connections, closed or open loop, and keeps account of every answer.
 * In the open loop, latency counts from the moment a delivery was due, so a stalled receiver cannot hide behind a generator
 * that politely waits for it.
 */
@NullMarked
package dev.borrowerjourney.sandbox.load.run;

import org.jspecify.annotations.NullMarked;
