package dev.borrowerjourney.projector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class ProjectorPropertiesTest {

    @Test
    void consumesInTwoThreadsByDefault() {
        assertThat(bind(Map.of("projector.secrets-directory", "secrets")).concurrency())
                .isEqualTo(2);
    }

    @Test
    void refusesProtocolThatKafkaDoesNotHave() {
        assertThat(bind(Map.of("projector.secrets-directory", "s", "projector.group-protocol", "classic"))
                        .groupProtocol())
                .isEqualTo(GroupProtocol.CLASSIC);
        assertThatThrownBy(() -> bind(Map.of("projector.secrets-directory", "s", "projector.group-protocol", "newest")))
                .rootCause()
                .hasMessageContaining("newest");
    }

    @Test
    void refusesToDoWithoutSecrets() {
        assertThatThrownBy(() -> bind(Map.of("projector.concurrency", "1")))
                .rootCause()
                .hasMessageContaining("projector.secrets-directory: not set");
    }

    @Test
    void refusesNoThread() {
        assertThatThrownBy(() -> bind(Map.of("projector.secrets-directory", "s", "projector.concurrency", "0")))
                .rootCause()
                .hasMessageContaining("projector.concurrency: 0 (expected: at least 1)");
    }

    private static ProjectorProperties bind(Map<String, String> settings) {
        return new Binder(new MapConfigurationPropertySource(settings))
                .bind("projector", ProjectorProperties.class)
                .get();
    }
}
