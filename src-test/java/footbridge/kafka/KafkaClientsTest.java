package footbridge.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;

class KafkaClientsTest {

    private static final KafkaSettings NOBODY =
            new KafkaSettings(
                    "kafka",
                    "127.0.0.1:1",
                    Map.of(),
                    KafkaSettings.DEFAULT_SEND_TIMEOUT,
                    Duration.ofMillis(200),
                    KafkaSettings.DEFAULT_PROBE_INTERVAL,
                    KafkaSettings.DEFAULT_TOPIC_REFRESH);

    @Test
    void clusterThatStaysAwayIsLookedForByNewClients() throws Exception {
        try (KafkaClients clients = new KafkaClients(NOBODY, Duration.ZERO)) {
            Admin first = clients.admin();

            assertThat(clients.probe().up()).isFalse();
            assertThat(clients.admin()).isSameAs(first);
            clients.probe();

            assertThat(clients.admin()).isNotSameAs(first);
        }
    }

    @Test
    void shortAbsenceKeepsTheClients() throws Exception {
        try (KafkaClients clients = new KafkaClients(NOBODY, Duration.ofHours(1))) {
            Admin first = clients.admin();

            clients.probe();
            clients.probe();

            assertThat(clients.admin()).isSameAs(first);
        }
    }
}
