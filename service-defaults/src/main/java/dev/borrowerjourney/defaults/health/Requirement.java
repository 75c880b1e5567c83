package dev.borrowerjourney.defaults.health;

import java.util.Optional;

/** Something a service needs before it takes work; a bean, asked at every readiness probe. */
public interface Requirement {

    /** Names it in the answer of the probe, as in {@code topics}. */
    String name();

    /**
     * What is missing, as an operator must read it, and nothing if all is there. May block; what it throws or does not
     * answer within five seconds counts as missing.
     */
    Optional<String> missing() throws Exception;
}
