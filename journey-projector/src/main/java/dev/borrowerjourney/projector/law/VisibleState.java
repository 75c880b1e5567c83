package dev.borrowerjourney.projector.law;

import org.jspecify.annotations.Nullable;

/**
 * A journey's state, with the registers that say so.
 *
 * @param details null where none were ever observed
 */
public record VisibleState(Register core, @Nullable Register details) {

    /** The part of a state whose change is a new version; source, time and freshness are not. */
    public VisibleContent content() {
        return new VisibleContent(core.content(), details == null ? null : details.content());
    }

    public record VisibleContent(Content core, @Nullable Content details) {}
}
