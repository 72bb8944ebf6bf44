package footbridge.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import footbridge.testbed.GatewayProcess;
import footbridge.testbed.KafkaNodes;
import footbridge.testbed.StompClient;
import footbridge.testbed.StompFrame;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A Kafka of three nodes under clients that send, receive in groups and move records in
/// transactions, while nodes are killed and leaders moved, or the gateway is killed.
@Timeout(3_600)
class KafkaCrashIT {

    private static final Scale SCALE = Scale.orElse(1, 2);
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final List<String> KEPT_BY_KAFKA =
            List.of("__consumer_offsets", "__transaction_state", "__share_group_state");

    private static KafkaNodes nodes;
    private static PlainKafka kafka;

    private final Random chance = SCALE.chance();

    @BeforeAll
    static void start(@TempDir Path data) {
        nodes = KafkaNodes.start(data);
        kafka = new PlainKafka(nodes.bootstrapServers());
    }

    @AfterAll
    static void stop() {
        kafka.close();
        nodes.close();
    }

    @Test
    void nothingIsLostOrHalfDoneWhenNodesDieAndLeadersMove() throws Exception {
        try (GatewayProcess gateway = Gateways.onKafkaGroups(nodes).start();
                Fleet fleet = new Fleet(gateway::httpPort)) {
            Traffic traffic = new Traffic("nodes", fleet, kafka, SCALE);
            traffic.start();
            kafka.createStrict("nodes.strict", KafkaNodes.COUNT);
            List<String> all = new ArrayList<>(traffic.topics());
            all.addAll(KEPT_BY_KAFKA);
            for (int round = 0; round < SCALE.rounds(); round++) {
                traffic.awaitProgress(1 + chance.nextInt(20));
                int node = 1 + chance.nextInt(KafkaNodes.COUNT);
                nodes.kill(node);
                traffic.awaitProgress(5);
                if (round == 0) {
                    assertRefusedInTime(gateway, "/topic/nodes.strict");
                    traffic.awaitProgress(1);
                }
                nodes.restart(node);
                await().atMost(PATIENCE)
                        .ignoreExceptions()
                        .until(() -> kafka.inSync(all, KafkaNodes.COUNT));
                kafka.moveLeaders(traffic.topics());
            }
            traffic.awaitProgress(5);
            traffic.finish();
            traffic.check();
        }
    }

    /// A topic without enough replicas in sync; the others flow meanwhile.
    private static void assertRefusedInTime(GatewayProcess gateway, String destination)
            throws Exception {
        try (StompClient client = StompClient.webSocket(gateway.webSocket(), "v12.stomp")) {
            client.send("CONNECT", Map.of("accept-version", "1.2", "host", "localhost"), "");
            client.expect("CONNECTED", PATIENCE);
            client.send("SEND", Map.of("destination", destination, "receipt", "r"), "x");

            StompFrame error = client.expect("ERROR", Duration.ofSeconds(60));

            assertThat(error.header("code").orElseThrow())
                    .isIn("backend-unavailable", "outcome-unknown");
            assertThat(error.header("receipt-id")).contains("r");
        }
    }

    @Test
    void nothingIsLostOrHalfDoneWhenTheGatewayDies() throws Exception {
        try (Lives gateway = new Lives(Gateways.onKafkaGroups(nodes));
                Fleet fleet = new Fleet(gateway::httpPort)) {
            Traffic traffic = new Traffic("gateway", fleet, kafka, SCALE);
            traffic.start();
            for (int round = 0; round < 2 * SCALE.rounds(); round++) {
                traffic.awaitProgress(1 + chance.nextInt(20));
                gateway.next();
            }
            traffic.awaitProgress(5);
            traffic.finish();
            traffic.check();
        }
    }
}
