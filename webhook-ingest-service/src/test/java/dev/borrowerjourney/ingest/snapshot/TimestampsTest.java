package dev.borrowerjourney.ingest.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The library's own parser is the oracle. */
class TimestampsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-03-05T16:48:20Z",
                "2026-03-05T16:48:20.1Z",
                "2026-03-05T16:48:20.123456789Z",
                "2026-03-05T16:48:20.1234567891Z",
                "2026-03-05T16:48:20.Z",
                "2026-03-05T16:48:20,123Z",
                "2026-03-05t16:48:20z",
                "2026-03-05T16:48Z",
                "2026-03-05T24:00:00Z",
                "2026-03-05T24:00:01Z",
                "2016-12-31T23:59:60Z",
                "2024-02-29T00:00:00Z",
                "2026-02-29T00:00:00Z",
                "2026-00-10T00:00:00Z",
                "2026-13-10T00:00:00Z",
                "2026-01-32T00:00:00Z",
                "0000-01-01T00:00:00Z",
                "9999-12-31T23:59:59.999Z",
                "+10000-01-01T00:00:00Z",
                "-0001-01-01T00:00:00Z",
                "2026-03-05T16:48:20+05:30",
                "2026-03-05T16:48:20.5+05:30",
                "२०२६-03-05T16:48:20Z",
                "2026-03-05 16:48:20Z",
                "2026-03-05T16:48:20ZZ",
                "Z",
                ""
            })
    void readsWhatTheLibraryReads(String text) {
        assertThat(read(text)).isEqualTo(library(text));
    }

    @Test
    void readsRandomVariationsAsTheLibraryDoes() {
        var random = RandomGenerator.of("L64X128MixRandom");
        var characters = "0123456789-:.TZ+ ";
        for (int round = 0; round < 20_000; round++) {
            var text = new StringBuilder(Instant.ofEpochSecond(random.nextLong(0, 4_000_000_000L), random.nextInt(1000))
                    .toString());
            for (int changes = random.nextInt(3); changes > 0; changes--) {
                text.setCharAt(random.nextInt(text.length()), characters.charAt(random.nextInt(characters.length())));
            }
            assertThat(read(text.toString())).as(text.toString()).isEqualTo(library(text.toString()));
        }
    }

    private static Optional<Instant> read(String text) {
        try {
            return Optional.of(Timestamps.parse(text));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Optional<Instant> library(String text) {
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
