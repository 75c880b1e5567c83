package dev.borrowerjourney.defaults.settings;

import java.util.List;

/** Settings were given that nothing reads. */
final class UnknownSettingsException extends RuntimeException {

    /** One of them. It has no value: that may be a secret put into the wrong place. */
    record Unknown(String name, String source, String nearest) {

        @Override
        public String toString() {
            return name + " (from " + source + "): nothing reads it"
                    + (nearest.isEmpty() ? "" : ", the nearest known setting is " + nearest);
        }
    }

    private final transient List<Unknown> unknown;

    UnknownSettingsException(List<Unknown> unknown) {
        super("Unknown settings: " + unknown);
        this.unknown = List.copyOf(unknown);
    }

    List<Unknown> unknown() {
        return unknown;
    }
}
