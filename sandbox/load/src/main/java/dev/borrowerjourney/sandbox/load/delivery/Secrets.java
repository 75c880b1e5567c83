package dev.borrowerjourney.sandbox.load.delivery;

import java.time.Instant;

/** Which secret signs at a time: a drill rotates by answering another one from some moment on. */
@FunctionalInterface
public interface Secrets {

    /** Asked for each delivery, with the time it is signed at. */
    String at(Instant time);
}
