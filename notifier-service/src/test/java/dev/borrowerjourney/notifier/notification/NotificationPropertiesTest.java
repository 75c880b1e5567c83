package dev.borrowerjourney.notifier.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.borrowerjourney.notifier.push.Kind;
import dev.borrowerjourney.notifier.push.Urgency;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.io.ClassPathResource;

class NotificationPropertiesTest {

    @Test
    void hasDefaults() throws IOException {
        var settings = bind(Map.of(), Map.of());

        assertThat(settings.kinds()).containsOnlyKeys(Kind.values());
        assertThat(settings.kinds().get(Kind.ACTION_REQUIRED)).satisfies(rule -> {
            assertThat(rule.nextActions()).contains("SIGN_LOAN_AGREEMENT");
            assertThat(rule.after()).isEqualTo(Duration.ofSeconds(5));
            assertThat(rule.timeToLive()).isEqualTo(Duration.ofHours(24));
            assertThat(rule.urgency()).isEqualTo(Urgency.HIGH);
            assertThat(rule.overridesQuietHours()).isFalse();
        });
    }

    @Test
    void takesOneValueOfAKindFromTheEnvironment() throws IOException {
        var settings = bind(
                Map.of(),
                Map.of(
                        "NOTIFIER_NOTIFICATION_KINDS_OFFERSREADY_TIMETOLIVE", "6h",
                        "NOTIFIER_NOTIFICATION_KINDS_OFFERSREADY_OVERRIDESQUIETHOURS", "true"));

        assertThat(settings.kinds().get(Kind.OFFERS_READY)).satisfies(rule -> {
            assertThat(rule.timeToLive()).isEqualTo(Duration.ofHours(6));
            assertThat(rule.overridesQuietHours()).isTrue();
            assertThat(rule.nextActions()).containsExactly("VIEW_OFFERS");
        });
    }

    @Test
    void letsAKindBeCalledForByNothing() throws IOException {
        var settings = bind(Map.of("notifier.notification.kinds.closed.statuses", ""), Map.of());

        assertThat(settings.kinds().get(Kind.CLOSED))
                .satisfies(rule -> assertThat(rule.statuses()).isEmpty());
    }

    @ParameterizedTest
    @CsvSource({
        "kinds.closed.after, -1s, kinds.closed.after",
        "kinds.closed.time-to-live, 5s, kinds.closed.time-to-live",
        "kinds.closed.time-to-live, 29d, kinds.closed.time-to-live",
        "kinds.closed.statuses, REJECTED, kinds.closed.statuses",
        "kinds.closed.next-actions, VIEW_OFFERS, kinds.closed.next-actions",
        "most-at-once, 0, most-at-once",
        "lease, 0s, lease",
        "lease, 11m, lease",
        "max-attempts, 0, max-attempts",
        "max-attempts, 1001, max-attempts",
        "backoff-least, 0s, backoff-least",
        "backoff-most, 1s, backoff-most",
        "backoff-most, 25h, backoff-most",
        "retention, 47h, retention",
        "retention, 367d, retention"
    })
    void refusesWhatCannotWork(String setting, String value, String named) {
        assertThatThrownBy(() -> bind(Map.of("notifier.notification." + setting, value), Map.of()))
                .rootCause()
                .hasMessageStartingWith("notifier.notification." + named + ": ")
                .hasMessageContaining("(expected: ");
    }

    @Test
    void refusesALeaseThatMayEndAmidACall() throws IOException {
        var settings = bind(Map.of("notifier.notification.lease", "25s"), Map.of());

        settings.requireLeaseBeyond(Duration.ofMillis(9_999));
        assertThatThrownBy(() -> settings.requireLeaseBeyond(Duration.ofSeconds(10)))
                .hasMessageStartingWith("notifier.notification.lease: ")
                .hasMessageContaining("notifier.push.timeout");
    }

    private static NotificationProperties bind(Map<String, Object> settings, Map<String, Object> variables)
            throws IOException {
        var environment = new StandardEnvironment();
        var sources = environment.getPropertySources();
        sources.remove(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME);
        sources.addLast(new MapPropertySource("settings", settings));
        sources.addLast(new SystemEnvironmentPropertySource(
                StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, variables));
        new YamlPropertySourceLoader()
                .load("defaults", new ClassPathResource("application.yaml"))
                .forEach(sources::addLast);
        ConfigurationPropertySources.attach(environment);
        return Binder.get(environment).bindOrCreate("notifier.notification", NotificationProperties.class);
    }
}
