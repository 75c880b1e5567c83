package dev.borrowerjourney.projector.projection;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.borrowerjourney.projector.law.Register;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Journeys of one partition as its owner wrote them last, so that it need not read them again. They are true for as long as
 * the offset row is where this owner left it: whoever else writes journeys of the partition moves it.
 */
final class KnownJourneys {

    /** Of each partition, about 8 MB. */
    private static final long CHARACTERS = 4 << 20;

    /** What a row takes beside its contents. */
    private static final int OVERHEAD = 1_000;

    private final Cache<String, JourneyRow> rows = Caffeine.newBuilder()
            .maximumWeight(CHARACTERS)
            .weigher((String _, JourneyRow row) -> charactersOf(row))
            .executor(Runnable::run)
            .build();

    Map<String, JourneyRow> among(Collection<String> keys) {
        return rows.getAllPresent(keys);
    }

    void put(Collection<JourneyRow> written) {
        written.forEach(row -> rows.put(row.journeyKey(), row));
    }

    void forget() {
        rows.invalidateAll();
    }

    private static int charactersOf(JourneyRow row) {
        var journey = row.journey();
        return OVERHEAD
                + Stream.of(journey.core(), journey.details())
                        .mapToInt(group -> charactersOf(group.sequenced()) + charactersOf(group.timed()))
                        .sum();
    }

    private static int charactersOf(@Nullable Register register) {
        return register == null ? 0 : register.content().canonical().length();
    }
}
