package dev.borrowerjourney.sandbox.demo.operator;

/** Where a record is. */
record Place(String topic, int partition, long offset) {}
