package footbridge.testbed;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSContext;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(OS.WINDOWS)
@Timeout(180)
class BrokersProcessIT {

    private static final int SECONDS = 20;

    @TempDir private Path data;

    @Test
    void killedBrokersComeBackOnTheSamePortsWithTheirData() throws Exception {
        try (BrokersProcess brokers = BrokersProcess.start(data)) {
            assertThat(brokers.gatewaySettings()).hasSize(2);
            assertThat(artemisAnswers(brokers)).isTrue();
            createTopic(brokers, "kept");

            brokers.kill();
            assertThat(brokers.isAlive()).isFalse();
            brokers.restart();

            assertThat(artemisAnswers(brokers)).isTrue();
            assertThat(topics(brokers)).contains("kept");
        }
    }

    @Test
    void oneBrokerMayRunAlone() {
        try (BrokersProcess brokers = BrokersProcess.startArtemis(data)) {
            assertThat(brokers.log()).contains("brokers ready artemis=").doesNotContain("kafka=");
            assertThat(brokers.gatewaySettings()).containsOnlyKeys("footbridge.jms.artemis.url");
        }
    }

    private static boolean artemisAnswers(BrokersProcess brokers) throws Exception {
        try (var factory = new ActiveMQConnectionFactory(brokers.artemisUrl());
                JMSContext context = ((ConnectionFactory) factory).createContext()) {
            context.start();
            return true;
        }
    }

    private static void createTopic(BrokersProcess brokers, String name) throws Exception {
        try (Admin admin = admin(brokers)) {
            admin.createTopics(List.of(new NewTopic(name, 1, (short) 1)))
                    .all()
                    .get(SECONDS, TimeUnit.SECONDS);
        }
    }

    private static Iterable<String> topics(BrokersProcess brokers) throws Exception {
        try (Admin admin = admin(brokers)) {
            return admin.listTopics().names().get(SECONDS, TimeUnit.SECONDS);
        }
    }

    private static Admin admin(BrokersProcess brokers) {
        return Admin.create(Map.of("bootstrap.servers", brokers.kafkaBootstrapServers()));
    }
}
