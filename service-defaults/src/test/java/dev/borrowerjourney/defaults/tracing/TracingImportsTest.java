package dev.borrowerjourney.defaults.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurationMetadata;
import org.springframework.mock.env.MockEnvironment;

class TracingImportsTest {

    private static final @Nullable String[] NAMES = {
        "org.springframework.boot.micrometer.tracing.autoconfigure.MicrometerTracingAutoConfiguration",
        "org.springframework.boot.opentelemetry.autoconfigure.OpenTelemetrySdkAutoConfiguration",
        ExportedSpansConfiguration.class.getName(),
        SpansConfiguration.class.getName(),
        null
    };

    @Test
    void leavesTracingOutWhileNoCollectorIsNamed() {
        assertThat(matches(new MockEnvironment())).containsExactly(false, false, false, true, true);
        assertThat(matches(new MockEnvironment().withProperty(TracingImports.ENDPOINT, " ")))
                .containsExactly(false, false, false, true, true);
    }

    @Test
    void bringsTracingInForACollector() {
        assertThat(matches(
                        new MockEnvironment().withProperty(TracingImports.ENDPOINT, "http://collector:4318/v1/traces")))
                .containsOnly(true);
    }

    private static boolean[] matches(MockEnvironment environment) {
        var imports = new TracingImports();
        imports.setEnvironment(environment);
        return imports.match(NAMES, NoMetadata.INSTANCE);
    }

    private enum NoMetadata implements AutoConfigurationMetadata {
        INSTANCE;

        @Override
        public boolean wasProcessed(String className) {
            return false;
        }

        @Override
        public @Nullable Integer getInteger(String className, String key) {
            return null;
        }

        @Override
        public @Nullable Integer getInteger(String className, String key, @Nullable Integer other) {
            return other;
        }

        @Override
        public @Nullable Set<String> getSet(String className, String key) {
            return null;
        }

        @Override
        public @Nullable Set<String> getSet(String className, String key, @Nullable Set<String> other) {
            return other;
        }

        @Override
        public @Nullable String get(String className, String key) {
            return null;
        }

        @Override
        public @Nullable String get(String className, String key, @Nullable String other) {
            return other;
        }
    }
}
