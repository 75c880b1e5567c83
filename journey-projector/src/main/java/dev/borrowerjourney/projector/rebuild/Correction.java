package dev.borrowerjourney.projector.rebuild;

import dev.borrowerjourney.projector.law.Journey;
import dev.borrowerjourney.projector.projection.ChangeRow;
import dev.borrowerjourney.projector.projection.JourneyRow;
import dev.borrowerjourney.projector.rebuild.PostgresServed.Told;
import dev.borrowerjourney.projector.state.Contents;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is written to end a difference.
 *
 * @param row the journey as it is to be served
 * @param change what is published, or null where readers see nothing new
 */
record Correction(
        Difference difference, JourneyRow row, @Nullable ChangeRow change) {

    private static final String SOURCE = "REBUILD";

    /**
     * When and up to where something is written.
     *
     * @param at the time of the command
     * @param applied the offset up to which the log is taken in
     */
    record Moment(Instant at, long applied) {}

    /**
     * Ends a difference, if it is one that can be ended.
     *
     * @param told the journey's latest version in the timeline, or null if it has none there
     * @param position that a change gets
     */
    static Optional<Correction> of(Difference difference, @Nullable Told told, Moment moment, long position) {
        var should = difference.should();
        if (should == null || difference.kind() == Difference.Kind.ONLY_SERVED) {
            return Optional.empty();
        }
        var visible = should.journey().visible().orElse(null);
        if (visible == null || difference.kind() == Difference.Kind.REGISTERS) {
            return Optional.of(new Correction(difference, unseen(difference, should, moment), null));
        }
        var version = 1 + floor(difference, should, told);
        var change = new ChangeRow(
                should.journeyKey(),
                version,
                should.borrowerKey(),
                should.applicationId(),
                should.journeyId(),
                difference
                        .served()
                        .seen()
                        .state()
                        .or(() -> Optional.ofNullable(told).map(Told::after))
                        .map(Contents::visible)
                        .orElse(null),
                visible.content(),
                SOURCE,
                visible.core().time(),
                moment.at(),
                null,
                false,
                visible.core().provenance().eventId(),
                null,
                null,
                moment.applied(),
                position);
        var row = new JourneyRow(
                should.journeyKey(),
                should.borrowerKey(),
                should.applicationId(),
                should.journeyId(),
                counted(should, version),
                moment.at(),
                null,
                visible.core().provenance().receivedAt(),
                false,
                moment.applied());
        return Optional.of(new Correction(difference, row, change));
    }

    private static JourneyRow unseen(Difference difference, ShadowRow should, Moment moment) {
        var row = difference.served().row();
        return new JourneyRow(
                should.journeyKey(),
                should.borrowerKey(),
                should.applicationId(),
                should.journeyId(),
                counted(should, row == null ? 0 : row.journey().version()),
                row == null ? null : row.changedAt(),
                row == null ? null : row.confirmedAt(),
                row == null ? null : row.freshAsOf(),
                row != null && row.stale(),
                moment.applied());
    }

    /** No version falls, whoever knows of it. */
    private static long floor(Difference difference, ShadowRow should, @Nullable Told told) {
        var row = difference.served().row();
        long served = row == null ? 0 : row.journey().version();
        return Math.max(Math.max(served, should.publishedVersion()), told == null ? 0 : told.version());
    }

    private static Journey counted(ShadowRow should, long version) {
        return new Journey(should.journey().core(), should.journey().details(), version);
    }
}
