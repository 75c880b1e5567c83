package dev.borrowerjourney.projector.deadletter;

import dev.borrowerjourney.defaults.command.Arguments;
import dev.borrowerjourney.defaults.command.UsageException;
import dev.borrowerjourney.projector.projection.PoisonReason;
import dev.borrowerjourney.projector.state.DeadLetterId;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which dead letters an operator means; null lets all pass.
 *
 * @param key the record's key, which is the borrower's
 * @param since when the earliest was found
 * @param openOnly leaves out what was decided about
 */
record Selection(
        @Nullable DeadLetterId id,
        @Nullable String reason,
        @Nullable Integer partition,
        @Nullable String key,
        @Nullable Instant since,
        boolean openOnly) {

    /** The options that {@link #of} reads. */
    static final List<String> OPTIONS = List.of("--reason=", "--partition=", "--key=", "--since=");

    static Selection of(Arguments arguments, Clock clock, boolean openOnly) {
        return new Selection(
                null,
                arguments.text("--reason").map(Selection::known).orElse(null),
                arguments.number("--partition", 0).map(Math::toIntExact).orElse(null),
                arguments.text("--key").orElse(null),
                arguments.moment("--since", clock).orElse(null),
                openOnly);
    }

    /** The one that a command names; decided about or not. */
    static Selection one(Arguments arguments) {
        var word = arguments.word("the id of a dead letter");
        var id = DeadLetterId.parse(word)
                .orElseThrow(() -> new UsageException(
                        "'" + word + "' (expected: an id as list shows it, topic:partition:offset)"));
        return new Selection(id, null, null, null, null, false);
    }

    private static String known(String reason) {
        List<String> reasons =
                Arrays.stream(PoisonReason.values()).map(Enum::name).toList();
        if (!reasons.contains(reason)) {
            throw new UsageException("--reason: '" + reason + "' (expected: one of " + reasons + ")");
        }
        return reason;
    }
}
