package dev.borrowerjourney.projector.deadletter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.borrowerjourney.schemas.topic.TopicCatalogue;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class DeadLetterPropertiesTest {

    /** A record that can still be read from the log must not have lost its dead letter. */
    @Test
    void keepsThemAsLongAsTheLogKeepsRecords() {
        assertThat(bind(Map.of()).retention())
                .isGreaterThanOrEqualTo(
                        TopicCatalogue.topic(TopicCatalogue.JOURNEY_SNAPSHOTS).retention());
    }

    @Test
    void keepsWhatIsDecidedForAWeek() {
        assertThat(bind(Map.of()).decidedRetention()).isEqualTo(Duration.ofDays(7));
    }

    @Test
    void refusesToKeepThemHardlyAtAll() {
        refuses("retention: PT1M (expected: at least PT1H)", Map.of("projector.dead-letters.retention", "1m"));
        refuses(
                "decided-retention: PT0S (expected: at least",
                Map.of("projector.dead-letters.decided-retention", "0s"));
    }

    @Test
    void refusesToKeepWhatIsDecidedLongerThanAll() {
        refuses(
                "decided-retention: PT168H (expected: at most the retention, PT24H)",
                Map.of("projector.dead-letters.retention", "1d"));
    }

    private static void refuses(String message, Map<String, String> settings) {
        assertThatThrownBy(() -> bind(settings)).rootCause().hasMessageContaining(message);
    }

    private static DeadLetterProperties bind(Map<String, String> settings) {
        return new Binder(new MapConfigurationPropertySource(settings))
                .bindOrCreate("projector.dead-letters", DeadLetterProperties.class);
    }
}
