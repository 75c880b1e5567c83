/**
 * Applies the log of snapshots to the read model, exactly once: a batch of a partition is one transaction that also moves
 * the partition's offset row, and where to go on is read from that row, never from Kafka.
 */
@NullMarked
package dev.borrowerjourney.projector.projection;

import org.jspecify.annotations.NullMarked;
