package footbridge.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import footbridge.kafka.client.KafkaSettings;
import footbridge.kafka.client.KafkaTimes;
import footbridge.testbed.FreePort;
import footbridge.testbed.KafkaBroker;
import footbridge.testbed.KeyStores;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A real broker that speaks TLS alone, at one port to everybody, at another to who has a
/// certificate.
class KafkaTlsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir static Path folder;

    private static KeyStores stores;
    private static KafkaBroker broker;
    private static int mutual;

    @BeforeAll
    static void start() throws Exception {
        stores =
                new KeyStores(folder)
                        .key("broker", "CN=localhost")
                        .key("gateway", "CN=gateway")
                        .trust("gateway", "broker")
                        .trust("broker", "broker")
                        .trust("broker", "gateway")
                        .trust("stranger", "gateway");
        int open = FreePort.find();
        mutual = FreePort.find();
        int controller = FreePort.find();
        Map<String, String> settings = new HashMap<>(tls("broker", "broker"));
        settings.put(
                "listeners",
                "CLIENTS://localhost:%d,MUTUAL://localhost:%d,CONTROLLER://127.0.0.1:%d"
                        .formatted(open, mutual, controller));
        settings.put(
                "listener.security.protocol.map", "CLIENTS:SSL,MUTUAL:SSL,CONTROLLER:PLAINTEXT");
        settings.put("listener.name.mutual.ssl.client.auth", "required");
        broker =
                new KafkaBroker(
                                folder.resolve("data"),
                                open,
                                controller,
                                settings,
                                why -> System.err.println("Kafka failed: " + why))
                        .start();
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @Test
    void everythingWorksWithABrokerThatTheGatewayTrusts() throws Exception {
        assertWorks("one-way", broker.port(), trusting("gateway"));
    }

    @Test
    void everythingWorksWhereBothSidesShowACertificate() throws Exception {
        assertWorks("mutual", mutual, tls("gateway", "gateway"));
    }

    @Test
    void withoutACertificateOrTrustTheClusterIsAway() {
        assertAway(mutual, trusting("gateway"));
        assertAway(broker.port(), trusting("stranger"));
    }

    private static void assertAway(int port, Map<String, String> properties) {
        try (KafkaBackend backend =
                new KafkaBackend(KafkaCluster.settings("localhost:" + port, properties))) {
            await().atMost(PATIENCE)
                    .until(() -> backend.availability().reason().contains("no answer"));

            assertThat(backend.availability().up()).isFalse();
        }
    }

    private static void assertWorks(String topic, int port, Map<String, String> properties)
            throws Exception {
        KafkaSettings settings =
                KafkaCluster.settings("localhost:" + port, properties).with(KafkaTimes.DEFAULTS);
        try (KafkaBackend backend = new KafkaBackend(settings)) {
            await().atMost(PATIENCE).until(() -> backend.availability().up());
            RoundTrip.make(backend.open(), topic);
        }
    }

    private static Map<String, String> tls(String key, String trust) {
        Map<String, String> all = new HashMap<>(trusting(trust));
        all.put("ssl.keystore.location", stores.store(key).toString());
        all.put("ssl.keystore.password", KeyStores.PASSWORD);
        all.put("ssl.keystore.type", "PKCS12");
        all.put("ssl.key.password", KeyStores.PASSWORD);
        return all;
    }

    private static Map<String, String> trusting(String side) {
        return Map.of(
                "security.protocol",
                "SSL",
                "ssl.truststore.location",
                stores.trusted(side).toString(),
                "ssl.truststore.password",
                KeyStores.PASSWORD,
                "ssl.truststore.type",
                "PKCS12");
    }
}
