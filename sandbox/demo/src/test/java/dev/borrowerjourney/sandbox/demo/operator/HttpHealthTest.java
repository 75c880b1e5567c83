package dev.borrowerjourney.sandbox.demo.operator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HttpHealthTest {

    private static final String METRICS = """
            # HELP projector_lag_records Records not applied yet
            projector_lag_records{application="journey-projector"} 3.0
            projector_lag_records{application="another"} 4.0
            projector_lag_records_total 100.0
            projector_lag_age_seconds 1.5
            """;

    @Test
    void sumsUpTheSeriesOfOneMetric() {
        assertThat(HttpHealth.value(METRICS, "projector_lag_records")).isEqualTo(7);
        assertThat(HttpHealth.value(METRICS, "projector_lag_age_seconds")).isEqualTo(1.5);
    }

    @Test
    void knowsNoValueOfMetricThatIsNotTold() {
        assertThat(HttpHealth.value("", "projector_lag_records")).isNull();
    }
}
