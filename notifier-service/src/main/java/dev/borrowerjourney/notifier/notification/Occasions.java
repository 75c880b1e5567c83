package dev.borrowerjourney.notifier.notification;

import dev.borrowerjourney.notifier.notification.NotificationProperties.Rule;
import dev.borrowerjourney.notifier.push.Kind;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The table of what calls for a push. */
final class Occasions {

    private final Map<Kind, Rule> rules;

    Occasions(Map<Kind, Rule> rules) {
        this.rules = rules;
    }

    /** What a journey says that bears on whether its borrower is told. */
    record Core(String status, @Nullable String nextAction) {}

    /** What the borrower is to be told while the journey is so. What is to be done outweighs the status. */
    Optional<Kind> in(Core core) {
        return first(rule -> core.nextAction() != null && rule.nextActions().contains(core.nextAction()))
                .or(() -> first(rule -> rule.statuses().contains(core.status())
                        && (core.nextAction() == null
                                || !rule.unlessNextActions().contains(core.nextAction()))));
    }

    /** What the borrower is to be told because it has become so. News of the same step is none. */
    Optional<Kind> of(@Nullable Core before, Core after) {
        return Objects.equals(before, after) ? Optional.empty() : in(after);
    }

    Rule rule(Kind kind) {
        return Objects.requireNonNull(rules.get(kind));
    }

    private Optional<Kind> first(Predicate<Rule> calls) {
        return rules.entrySet().stream()
                .filter(rule -> calls.test(rule.getValue()))
                .map(Map.Entry::getKey)
                .findFirst();
    }
}
