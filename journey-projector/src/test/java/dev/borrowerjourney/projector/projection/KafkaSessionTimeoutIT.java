package dev.borrowerjourney.projector.projection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.borrowerjourney.schemas.testing.TestBroker;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;

class KafkaSessionTimeoutIT {

    private static final Map<String, Object> BROKER =
            Map.of("bootstrap.servers", TestBroker.shared().bootstrapServers());

    @Test
    void isFineWithWhatTheBrokersWereTold() throws Exception {
        var timeout = new KafkaSessionTimeout(BROKER, "never-seen").ask();

        assertThat(timeout).isEqualTo(Duration.ofSeconds(6));
        assertThat(KafkaSessionTimeout.judge(timeout)).isTrue();
    }

    @Test
    void complainsOfGroupWhoseDeadAreWaitedForLong() throws Exception {
        var slow = new ConfigResource(ConfigResource.Type.GROUP, "slow");
        var operation =
                new AlterConfigOp(new ConfigEntry("consumer.session.timeout.ms", "45000"), AlterConfigOp.OpType.SET);
        try (var admin = Admin.create(BROKER)) {
            admin.incrementalAlterConfigs(Map.of(slow, List.of(operation)))
                    .all()
                    .get();
        }

        var timeout = new KafkaSessionTimeout(BROKER, "slow").ask();

        assertThat(timeout).isEqualTo(Duration.ofSeconds(45));
        assertThat(KafkaSessionTimeout.judge(timeout)).isFalse();
    }
}
