package dev.borrowerjourney.projector.rebuild;

import dev.borrowerjourney.projector.law.Journey;
import dev.borrowerjourney.projector.law.VisibleState;
import dev.borrowerjourney.projector.state.Contents;
import dev.borrowerjourney.schemas.event.JourneyCore;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What readers see of a journey, each member as its column holds it; all are null while nothing can be seen.
 *
 * @param details as canonical JSON
 */
record Seen(
        @Nullable String type,
        @Nullable String status,
        @Nullable String nextAction,
        @Nullable String details,
        @Nullable Instant platformAt) {

    static final Seen NOTHING = new Seen(null, null, null, null, null);

    /** What the law lets be seen. */
    static Seen of(Journey journey) {
        return journey.visible().map(Seen::of).orElse(NOTHING);
    }

    /** Whether a version more would show nothing new: a time alone is no new version. */
    boolean looksLike(Seen other) {
        return Objects.equals(type, other.type)
                && Objects.equals(status, other.status)
                && Objects.equals(nextAction, other.nextAction)
                && Objects.equals(details, other.details);
    }

    /** As a change tells it; nothing if nothing can be seen, or what somebody wrote by hand. */
    Optional<String> state() {
        if (status == null) {
            return Optional.empty();
        }
        try {
            var core = Contents.of(new JourneyCore(status, nextAction));
            var canonical = details == null ? null : Contents.of(Contents.readDetails(details));
            return Optional.of(Contents.state(core, canonical));
        } catch (RuntimeException e) {
            return Optional.empty();
        }
    }

    private static Seen of(VisibleState state) {
        var core = Contents.readCore(state.core().content());
        var details = state.details();
        return new Seen(
                details == null ? null : Contents.readDetails(details.content()).getType(),
                core.getStatus(),
                core.getNextAction(),
                details == null ? null : details.content().canonical(),
                state.core().time());
    }
}
