package dev.borrowerjourney.projector.law;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Somebody said that a journey was in some state at some time.
 *
 * @param core null if it does not speak of the core
 * @param details null if it does not speak of the details
 * @param settling whether it is a poll that was asked to settle an anomaly
 */
public record Observation(
        @Nullable Content core, @Nullable Content details, Timing timing, Provenance provenance, boolean settling) {

    Optional<Register> coreRegister() {
        return register(core);
    }

    Optional<Register> detailsRegister() {
        return register(details);
    }

    private Optional<Register> register(@Nullable Content content) {
        return Optional.ofNullable(content).map(said -> new Register(timing, said, provenance));
    }
}
