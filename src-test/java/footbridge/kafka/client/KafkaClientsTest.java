package footbridge.kafka.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;

class KafkaClientsTest {

    private static final KafkaSettings NOBODY =
            new KafkaSettings("kafka", "127.0.0.1:1", Map.of())
                    .with(
                            new KafkaTimes(
                                    Duration.ofSeconds(10),
                                    Duration.ofMillis(200),
                                    Duration.ofSeconds(2),
                                    Duration.ofSeconds(10)));

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
