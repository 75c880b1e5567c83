package dev.borrowerjourney.notifier.preference;

import dev.borrowerjourney.notifier.device.Channel;
import dev.borrowerjourney.notifier.push.Kind;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One borrower's preferences.
 *
 * @param off the kinds that must not be sent, by channel
 * @param quietHours null for none
 */
public record PreferencesOfBorrower(
        Map<Channel, Set<Kind>> off, @Nullable QuietHours quietHours) {

    public static final PreferencesOfBorrower DEFAULTS = new PreferencesOfBorrower(Map.of(), null);

    public PreferencesOfBorrower {
        off = off.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, entry -> Set.copyOf(entry.getValue())));
    }

    public boolean wants(Channel channel, Kind kind) {
        return !off.getOrDefault(channel, Set.of()).contains(kind);
    }
}
