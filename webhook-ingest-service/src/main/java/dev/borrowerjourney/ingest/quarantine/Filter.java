package dev.borrowerjourney.ingest.quarantine;

import dev.borrowerjourney.defaults.command.Arguments;
import dev.borrowerjourney.defaults.command.UsageException;
import dev.borrowerjourney.ingest.snapshot.QuarantineReason;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Which entries an operator means; null lets all pass. */
record Filter(
        @Nullable String applicationId,
        @Nullable String reason,
        @Nullable Instant since) implements Predicate<Entry> {

    static Filter of(Arguments arguments, Clock clock) {
        return new Filter(
                arguments.uuid("--application").map(UUID::toString).orElse(null),
                arguments.text("--reason").map(Filter::known).orElse(null),
                arguments.moment("--since", clock).orElse(null));
    }

    @Override
    public boolean test(Entry entry) {
        return (applicationId == null || applicationId.equals(entry.applicationId()))
                && (reason == null || reason.equals(entry.reason()))
                && (since == null || !entry.receivedAt().isBefore(since));
    }

    private static String known(String reason) {
        List<String> reasons =
                Arrays.stream(QuarantineReason.values()).map(Enum::name).toList();
        if (!reasons.contains(reason)) {
            throw new UsageException("--reason: '" + reason + "' (expected: one of " + reasons + ")");
        }
        return reason;
    }
}
