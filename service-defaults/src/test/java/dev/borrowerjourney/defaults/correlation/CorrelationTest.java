package dev.borrowerjourney.defaults.correlation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.MDC;

class CorrelationTest {

    static final String ID = "6f9619ff-8b86-4011-b42d-00c04fc964ff";
    static final String TRACEPARENT = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    @Test
    void entersAndRestores() {
        try (var _ = Correlation.enter(ID, TRACEPARENT)) {
            try (var _ = Correlation.begin()) {
                assertThat(CorrelationId.current()).isPresent().get().isNotEqualTo(ID);
            }

            assertThat(CorrelationId.current()).contains(ID);
            assertThat(Trace.traceparent()).contains(TRACEPARENT);
            assertThat(MDC.get(CorrelationId.MDC_KEY)).isEqualTo(ID);
        }
        assertThat(CorrelationId.current()).isEmpty();
        assertThat(MDC.get(CorrelationId.MDC_KEY)).isNull();
        assertThat(MDC.get(Trace.MDC_KEY)).isNull();
    }

    @Test
    void replacesWhatIsMalformed() {
        try (var _ = Correlation.enter("a\nb", null)) {
            assertThat(CorrelationId.current()).isPresent().get().isNotEqualTo("a\nb");
            assertThat(Trace.accepted(Trace.traceparent().orElse(null))).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "null",
            value = {
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01, true",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00, true",
                "01-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-later, true",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-later, false",
                "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01, false",
                "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01, false",
                "00-00000000000000000000000000000000-00f067aa0ba902b7-01, false",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01, false",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7, false",
                "null, false"
            })
    void acceptsWellFormedTraceparents(String traceparent, boolean accepted) {
        assertThat(Trace.accepted(traceparent)).isEqualTo(accepted);
    }

    @Test
    void makesWellFormedTraceparents() {
        assertThat(Trace.accepted(Trace.create())).isTrue();
        assertThat(Trace.create()).isNotEqualTo(Trace.create());
    }
}
