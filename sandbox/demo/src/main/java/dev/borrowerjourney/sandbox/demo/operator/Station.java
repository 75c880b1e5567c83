package dev.borrowerjourney.sandbox.demo.operator;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One station of a change on its way.
 *
 * @param at null where nothing in the system keeps that time, or there is none
 */
record Station(
        Name name,
        State state,
        @Nullable Instant at,
        @Nullable Place place) {

    enum Name {
        /** At the platform. */
        HAPPENED,
        /** The webhook, by the platform. */
        SENT,
        /** The webhook or the answer to a poll, by us. */
        RECEIVED,
        /** Written to journey-snapshots. */
        LOGGED,
        /** A version of the read model. */
        PROJECTED,
        /** That version on journey-changes. */
        PUBLISHED,
        /** A device says that it has shown it. */
        SHOWN,
        /** A push service has taken it. */
        PUSHED
    }

    enum State {
        DONE,
        /** It happened; when, nobody keeps. */
        UNTIMED,
        /** It is still to come. */
        WAITING,
        /** It went wrong, and what comes after has to do without it. */
        FAILED,
        /** It was not needed. */
        SKIPPED
    }

    static Station done(Name name, @Nullable Instant at, @Nullable Place place) {
        return new Station(name, at == null ? State.UNTIMED : State.DONE, at, place);
    }

    static Station of(Name name, State state) {
        return new Station(name, state, null, null);
    }
}
