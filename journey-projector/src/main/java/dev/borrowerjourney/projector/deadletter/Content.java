package dev.borrowerjourney.projector.deadletter;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The record of a dead letter, as it stood in the log; of a repeated header the last. */
@SuppressWarnings("ArrayRecordComponent") // carried from database to client, never compared
record Content(byte @Nullable [] key, byte @Nullable [] value, Map<String, byte[]> headers) {}
