package dev.borrowerjourney.sandbox.platform.webhook;

import java.security.SecureRandom;

/** Event ids as the documented sample shows them: {@code evt_} and Crockford characters. */
final class EventIds {

    private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static final int LENGTH = 16;
    private static final SecureRandom RANDOM = new SecureRandom();

    private EventIds() {}

    static String next() {
        StringBuilder id = new StringBuilder("evt_");
        RANDOM.ints(LENGTH, 0, ALPHABET.length()).forEach(index -> id.append(ALPHABET.charAt(index)));
        return id.toString();
    }
}
