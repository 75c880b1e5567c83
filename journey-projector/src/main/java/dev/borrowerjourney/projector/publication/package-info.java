/**
 * Publishes what the read model has committed, each row once, in order: rows are read from the tables and sent in one Kafka
 * transaction with the source offset, so that a producer that lost its partition can never be read.
 */
@NullMarked
package dev.borrowerjourney.projector.publication;

import org.jspecify.annotations.NullMarked;
