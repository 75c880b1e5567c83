package dev.borrowerjourney.schemas.header;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Arrays;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.Test;

class EventHeadersTest {

    @Test
    void writesCloudEventsInBinaryMode() {
        var headers = new EventHeaders(
                        "evt_1",
                        "/webhook-ingest-service",
                        EventHeaders.type("journey-snapshot"),
                        null,
                        Instant.parse("2026-03-05T16:48:20Z"),
                        "01JNK3S8ZZZZZZZZZZZZZZZZZZ",
                        null)
                .toKafka();

        assertThat(EventHeaders.text(headers, "ce_specversion")).contains("1.0");
        assertThat(EventHeaders.text(headers, "ce_id")).contains("evt_1");
        assertThat(EventHeaders.text(headers, "ce_source")).contains("/webhook-ingest-service");
        assertThat(EventHeaders.text(headers, "ce_type")).contains("dev.borrowerjourney.journey-snapshot.v1");
        assertThat(EventHeaders.text(headers, "ce_time")).contains("2026-03-05T16:48:20Z");
        assertThat(EventHeaders.text(headers, "content-type")).contains("application/avro");
        assertThat(EventHeaders.text(headers, EventHeaders.CORRELATION_ID)).contains("01JNK3S8ZZZZZZZZZZZZZZZZZZ");
        assertThat(Arrays.stream(headers.toArray()).map(Header::key)).doesNotContain("ce_subject", "traceparent");
    }
}
