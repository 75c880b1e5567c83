package dev.borrowerjourney.projector.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.util.Map;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.LoggerFactory;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class KafkaTopicsTest {

    /** Left to itself, the client begins anew several times a second for as long as no broker answers, and logs it each time. */
    @Test
    void keepsQuietWhileNoBrokerAnswers(CapturedOutput output) {
        ((Logger) LoggerFactory.getLogger("org.apache.kafka.clients.admin")).setLevel(Level.INFO);
        try (var topics = new KafkaTopics(Map.of("bootstrap.servers", "127.0.0.1:1"))) {
            assertThatThrownBy(topics::missing).isInstanceOf(KafkaException.class);
            assertThatThrownBy(topics::missing).isInstanceOf(KafkaException.class);
        }
        assertThat(output.getAll()).doesNotContain("ebootstrapping");
    }

    /** A name may be unknown only for as long as its broker is away. */
    @Test
    void triesAgainWhereTheBrokersNameIsUnknown() {
        try (var topics = new KafkaTopics(Map.of("bootstrap.servers", "broker.invalid:9092"))) {
            assertThatThrownBy(topics::missing).isInstanceOf(KafkaException.class);
            assertThatThrownBy(() -> topics.idOf("journeys")).isInstanceOf(KafkaException.class);
        }
    }
}
