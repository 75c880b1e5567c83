package dev.borrowerjourney.projector.projection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.borrowerjourney.projector.GroupProtocol;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class KafkaConsumersTest {

    @ParameterizedTest
    @EnumSource(GroupProtocol.class)
    void neverReadsFromWhereNobodySentIt(GroupProtocol protocol) {
        var settings = KafkaConsumers.settings(Map.of("auto.offset.reset", "earliest"), protocol);

        assertThat(settings)
                .containsEntry("auto.offset.reset", "none")
                .containsEntry("enable.auto.commit", false)
                .containsEntry("isolation.level", "read_committed");
    }

    @ParameterizedTest
    @EnumSource(GroupProtocol.class)
    void makesSettingsThatTheClientTakes(GroupProtocol protocol) {
        var settings = KafkaConsumers.settings(Map.of("bootstrap.servers", "127.0.0.1:9092"), protocol);

        assertThat(new ConsumerConfig(settings).getString("group.protocol")).isEqualTo(protocol.name());
    }

    @Test
    void letsOperatorsSayHowSoonClassicMembersAreDead() {
        var settings = KafkaConsumers.settings(
                Map.of("session.timeout.ms", "20000", "heartbeat.interval.ms", "2000"), GroupProtocol.CLASSIC);

        assertThat(settings)
                .containsEntry("session.timeout.ms", "20000")
                .containsEntry("heartbeat.interval.ms", "2000");
    }
}
