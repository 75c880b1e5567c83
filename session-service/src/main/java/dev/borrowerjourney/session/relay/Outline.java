package dev.borrowerjourney.session.relay;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.node.ObjectNode;

/**
 * Keeps of an answer what may tell of journeys, where it stands: the data itself, its active journey, its list.
 *
 * @param node what is kept of the object at this place; null where nothing is
 */
record Outline(Level level, @Nullable ObjectNode node) {

    static final Outline NOTHING = new Outline(Level.OTHER, null);

    private static final Set<String> OF_A_JOURNEY = Set.of("journeyID", "status", "nextAction", "updatedAt");

    /** Where in the envelope of the platform. */
    enum Level {
        ROOT,
        DATA,
        JOURNEYS,
        JOURNEY,
        OTHER
    }

    Outline object(String name) {
        if (node == null) {
            return NOTHING;
        }
        if (level == Level.ROOT && name.equals("data")) {
            return new Outline(Level.DATA, node.putObject(name));
        }
        if (level == Level.DATA && name.equals("activeJourney")) {
            return new Outline(Level.JOURNEY, node.putObject(name));
        }
        noteEmpty(name);
        return NOTHING;
    }

    Outline array(String name) {
        if (node != null && level == Level.DATA && name.equals("journeys")) {
            node.putArray(name);
            return new Outline(Level.JOURNEYS, node);
        }
        noteEmpty(name);
        return NOTHING;
    }

    Outline item() {
        return node != null && level == Level.JOURNEYS
                ? new Outline(Level.JOURNEY, node.withArray("journeys").addObject())
                : NOTHING;
    }

    /** Notes a value that is no object and no array. */
    void note(String name, JsonParser parser) {
        if (node == null || !isNoted(name)) {
            return;
        }
        switch (parser.currentToken()) {
            case VALUE_NULL -> node.putNull(name);
            case null, default -> node.put(name, parser.getString());
        }
    }

    /** That it is there says something, too. */
    private void noteEmpty(String name) {
        if (node != null && isNoted(name)) {
            node.putNull(name);
        }
    }

    private boolean isNoted(String name) {
        return switch (level) {
            case ROOT -> name.equals("timestamp");
            case DATA, JOURNEY -> OF_A_JOURNEY.contains(name);
            case JOURNEYS, OTHER -> false;
        };
    }
}
