package dev.borrowerjourney.notifier.device;

import java.time.ZoneId;
import java.util.Optional;

/** Time zones as the IANA database names them. An offset such as +05:30 is none: it knows no summer time. */
public final class TimeZones {

    private TimeZones() {}

    public static Optional<ZoneId> find(String name) {
        return ZoneId.getAvailableZoneIds().contains(name) ? Optional.of(ZoneId.of(name)) : Optional.empty();
    }
}
