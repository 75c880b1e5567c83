package dev.borrowerjourney.notifier.preference;

import dev.borrowerjourney.notifier.device.Channel;
import dev.borrowerjourney.notifier.device.TimeZones;
import dev.borrowerjourney.notifier.problem.HttpProblem;
import dev.borrowerjourney.notifier.push.Kind;
import java.time.DateTimeException;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Preferences as apps read and write them. What is left out is at its default: wanted, and no quiet hours.
 *
 * @param channels whether a kind is wanted, by channel and kind
 * @param quietHours null for none
 */
record PreferencesBody(
        @Nullable Map<String, @Nullable Map<String, @Nullable Boolean>> channels,
        @Nullable Quiet quietHours) {

    private static final DateTimeFormatter MINUTES =
            DateTimeFormatter.ofPattern("HH:mm").withResolverStyle(ResolverStyle.STRICT);

    /**
     * @param from as 22:00
     * @param until as 07:00
     * @param timeZone a name of the IANA database; null means that of the device registered last
     */
    record Quiet(
            @Nullable String from,
            @Nullable String until,
            @Nullable String timeZone) {}

    static PreferencesBody of(PreferencesOfBorrower preferences) {
        var channels = new LinkedHashMap<String, @Nullable Map<String, @Nullable Boolean>>();
        for (var channel : Channel.values()) {
            var wanted = new LinkedHashMap<String, @Nullable Boolean>();
            for (var kind : Kind.values()) {
                wanted.put(kind.name(), preferences.wants(channel, kind));
            }
            channels.put(channel.name(), wanted);
        }
        var quiet = preferences.quietHours();
        return new PreferencesBody(
                channels,
                quiet == null
                        ? null
                        : new Quiet(
                                quiet.from().format(MINUTES),
                                quiet.until().format(MINUTES),
                                quiet.zone().getId()));
    }

    /** @param zoneOfDevice asked only if the body has quiet hours without a time zone */
    PreferencesOfBorrower checked(Supplier<Optional<ZoneId>> zoneOfDevice) {
        var off = new EnumMap<Channel, Set<Kind>>(Channel.class);
        Objects.requireNonNullElse(channels, Map.<String, @Nullable Map<String, @Nullable Boolean>>of())
                .forEach((channel, kinds) -> {
                    var unwanted = unwanted(Objects.requireNonNullElse(kinds, Map.of()));
                    off.put(constant(Channel.class, "channels", channel), unwanted);
                });
        return new PreferencesOfBorrower(off, quietHours == null ? null : hours(quietHours, zoneOfDevice));
    }

    private static Set<Kind> unwanted(Map<String, @Nullable Boolean> kinds) {
        var unwanted = EnumSet.noneOf(Kind.class);
        kinds.forEach((name, wanted) -> {
            var kind = constant(Kind.class, "a channel", name);
            if (Boolean.FALSE.equals(wanted)) {
                unwanted.add(kind);
            }
        });
        return unwanted;
    }

    private static QuietHours hours(Quiet quiet, Supplier<Optional<ZoneId>> zoneOfDevice) {
        var from = time(quiet.from());
        var until = time(quiet.until());
        if (from.equals(until)) {
            throw unfit("quietHours.from and .until have to differ.");
        }
        return new QuietHours(from, until, zone(quiet.timeZone(), zoneOfDevice));
    }

    private static LocalTime time(@Nullable String text) {
        try {
            return LocalTime.parse(Objects.requireNonNullElse(text, ""), MINUTES);
        } catch (DateTimeException _) {
            throw unfit("quietHours needs from and until, as 22:00.");
        }
    }

    private static ZoneId zone(@Nullable String name, Supplier<Optional<ZoneId>> zoneOfDevice) {
        return name == null
                ? zoneOfDevice
                        .get()
                        .orElseThrow(() -> unfit("Send quietHours.timeZone: no device of the borrower has told one."))
                : TimeZones.find(name)
                        .orElseThrow(() -> unfit(
                                "quietHours.timeZone has to be a name of the IANA database, such as Asia/Kolkata."));
    }

    private static <E extends Enum<E>> E constant(Class<E> type, String where, String name) {
        return Arrays.stream(type.getEnumConstants())
                .filter(known -> known.name().equals(name))
                .findFirst()
                .orElseThrow(() -> unfit("In " + where + " there can be " + Arrays.toString(type.getEnumConstants())
                        + " and nothing else."));
    }

    private static RuntimeException unfit(String complaint) {
        return HttpProblem.PREFERENCES_UNFIT.because(complaint);
    }
}
