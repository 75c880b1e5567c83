package dev.borrowerjourney.projector.law;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one journey. The registers are a join of observations in any order; the version counts the states
 * that became visible here, in the order of the log.
 *
 * @param version 0 while the core is not known, so that there is nothing to see
 */
public record Journey(Group core, Group details, long version) {

    public static final Journey UNKNOWN = new Journey(Group.UNKNOWN, Group.UNKNOWN, 0);

    /** Takes in one observation; the version grows by one if the visible content is another one than before. */
    public Journey observe(Observation observation) {
        return replacedBy(
                observation.coreRegister().map(core::observe).orElse(core),
                observation.detailsRegister().map(details::observe).orElse(details));
    }

    /** Takes other registers, as a rebuild finds them, and goes on counting from this version. */
    public Journey replacedBy(Group otherCore, Group otherDetails) {
        var replaced = new Journey(otherCore, otherDetails, version);
        return replaced.shows(this) ? replaced : new Journey(otherCore, otherDetails, version + 1);
    }

    /** What can be seen of the journey, or nothing before its core is known. */
    public Optional<VisibleState> visible() {
        return core.visible()
                .map(register -> new VisibleState(register, details.visible().orElse(null)));
    }

    /** The sequence that a poll has to carry to settle what is odd now; null if the core has no sequenced register. */
    public @Nullable Long settles() {
        var sequenced = core.sequenced();
        return sequenced == null ? null : sequenced.timing().sequence();
    }

    private boolean shows(Journey before) {
        return visible().map(VisibleState::content).equals(before.visible().map(VisibleState::content));
    }
}
