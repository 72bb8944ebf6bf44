package footbridge.system;

import static footbridge.system.Site.PATIENCE;
import static footbridge.system.Site.connected;
import static footbridge.system.Site.headers;
import static footbridge.system.Site.send;
import static footbridge.system.Site.subscribe;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import footbridge.testbed.BrokersProcess;
import footbridge.testbed.GatewayProcess;
import footbridge.testbed.StompClient;
import footbridge.testbed.StompFrame;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Brokers die and come back under a gateway that stays.
@Timeout(180)
class OutageIT {

    private static final Duration RECOVERY = Duration.ofSeconds(60);

    @TempDir private Path data;

    private BrokersProcess artemis;
    private BrokersProcess kafka;
    private GatewayProcess gateway;

    @BeforeEach
    void start() {
        artemis = BrokersProcess.startArtemis(data.resolve("artemis"));
        kafka = BrokersProcess.startKafka(data.resolve("kafka"));
        gateway =
                Site.demoGateway()
                        .settings(artemis.gatewaySettings())
                        .settings(kafka.gatewaySettings())
                        .start();
    }

    @AfterEach
    void stop() {
        gateway.close();
        artemis.close();
        kafka.close();
    }

    @Test
    void artemisIsKilledAndComesBack() throws Exception {
        outage(artemis, "/queue/demo", "/topic/demo", "/topic/kafka");
    }

    @Test
    void kafkaIsKilledAndComesBack() throws Exception {
        outage(kafka, "/topic/kafka", "/topic/ticks/ACME", "/queue/demo");
    }

    /// @param target sent to
    /// @param listened subscribed to by a client that stays through the outage
    /// @param other at the broker that stays
    private void outage(BrokersProcess broker, String target, String listened, String other)
            throws Exception {
        try (StompClient listener = connected(gateway)) {
            subscribe(listener, "l", listened);

            broker.kill();

            await().atMost(PATIENCE).until(() -> !gateway.isReady());
            assertRefused(target);
            try (StompClient unharmed = connected(gateway)) {
                assertThat(send(unharmed, other, "goes on").command()).isEqualTo("RECEIPT");
            }

            broker.restart();

            await().atMost(RECOVERY).until(gateway::isReady);
            try (StompClient sender = connected(gateway)) {
                assertThat(send(sender, target, "back").command()).isEqualTo("RECEIPT");
                awaitDelivery(sender, listener, listened);
            }
        }
    }

    private void assertRefused(String target) throws Exception {
        try (StompClient sender = connected(gateway)) {
            StompFrame answer = send(sender, target, "into the dark");

            assertThat(answer.command()).isEqualTo("ERROR");
            assertThat(answer.header("receipt-id")).contains("sent");
            assertThat(answer.header("code")).contains("backend-unavailable");
            assertThat(sender.awaitEnd(PATIENCE)).isPresent();
        }
    }

    /// A topic's reader is back a moment after its broker, so what is sent meanwhile may be missed.
    private static void awaitDelivery(StompClient sender, StompClient listener, String topic) {
        await().atMost(RECOVERY)
                .until(() -> {
                    sender.send("SEND", headers("destination", topic), "again");
                    return listener.next(Duration.ofSeconds(1))
                            .filter(frame -> frame.command().equals("MESSAGE"))
                            .isPresent();
                });
    }
}
