package dev.borrowerjourney.projector.rebuild;

import dev.borrowerjourney.projector.projection.JourneyRow;
import dev.borrowerjourney.projector.rebuild.PostgresServed.Served;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A journey that is not served as it should be, both as of the same offset.
 *
 * @param should what the registers should be; null if nothing but the read model knows of the journey
 */
record Difference(
        String journeyKey,
        Kind kind,
        Served served,
        @Nullable ShadowRow should) {

    enum Kind {
        /** Readers see another state than they should. */
        VISIBLE,
        /** Readers see the state of an older version than was published. */
        VERSION,
        /** Readers see the right state, which rests on other registers. */
        REGISTERS,
        /** The read model does not have it. */
        MISSING,
        /** Only the read model knows what it shows. It stays. */
        ONLY_SERVED
    }

    static Optional<Difference> between(String journeyKey, Served served, @Nullable ShadowRow should) {
        return kind(served, should).map(kind -> new Difference(journeyKey, kind, served, should));
    }

    private static Optional<Kind> kind(Served served, @Nullable ShadowRow should) {
        var row = served.row();
        var seen = should == null ? Seen.NOTHING : Seen.of(should.journey());
        if (should == null
                || should.empty()
                || (seen.status() == null && served.seen().status() != null)) {
            return row == null ? Optional.empty() : Optional.of(Kind.ONLY_SERVED);
        }
        if (row == null) {
            return seen.status() == null && should.publishedVersion() > 0
                    ? Optional.empty()
                    : Optional.of(Kind.MISSING);
        }
        return differing(row, served.seen(), should, seen);
    }

    private static Optional<Kind> differing(JourneyRow row, Seen served, ShadowRow should, Seen seen) {
        if (!seen.looksLike(served)) {
            return Optional.of(Kind.VISIBLE);
        }
        if (row.journey().version() < should.publishedVersion()) {
            return Optional.of(Kind.VERSION);
        }
        var same = row.journey().core().equals(should.journey().core())
                && row.journey().details().equals(should.journey().details())
                && Objects.equals(served.platformAt(), seen.platformAt());
        return same ? Optional.empty() : Optional.of(Kind.REGISTERS);
    }
}
