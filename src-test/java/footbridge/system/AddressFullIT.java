package footbridge.system;

import static footbridge.system.Site.PATIENCE;
import static footbridge.system.Site.headers;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import footbridge.testbed.ArtemisBroker;
import footbridge.testbed.GatewayProcess;
import footbridge.testbed.StompClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalInt;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.core.settings.impl.AddressFullMessagePolicy;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A client that waits for room at a full address (policy BLOCK), and what is around it.
@Timeout(120)
class AddressFullIT {

    private static final Duration A_MOMENT = Duration.ofMillis(300);
    private static final String BODY = "x".repeat(10_000);

    private static ArtemisBroker broker;
    private static GatewayProcess gateway;

    @BeforeAll
    static void start(@TempDir Path data) throws Exception {
        broker =
                ArtemisBroker.in(data.resolve("broker"))
                        .queues("full.left", "full.stopped", "free")
                        .addresses(
                                "full.#",
                                address ->
                                        address.setMaxSizeBytes(20_000)
                                                .setAddressFullMessagePolicy(
                                                        AddressFullMessagePolicy.BLOCK))
                        .start();
        Path rules = Files.createDirectory(data.resolve("rules"));
        Files.writeString(
                rules.resolve("rules.yaml"),
                """
                defaults: { allow: [anonymous] }
                rules:
                  - { destination: "/queue/{name}", to: { jms: artemis, queue: "full.{name}" } }
                  - { destination: /queue/free, to: { jms: artemis, queue: free } }
                """);
        gateway =
                GatewayProcess.withMappings(rules)
                        .setting("footbridge.anonymous", "true")
                        .setting("footbridge.jms.artemis.url", broker.url())
                        .setting("footbridge.jms.artemis.connections", "1")
                        .start();
    }

    @AfterAll
    static void stop() {
        gateway.close();
        broker.close();
    }

    @Test
    void othersGoOnAndTheClientCanLeaveAndTheGatewayStop() throws Exception {
        StompClient leaving = waitingFor("left");
        StompClient staying = waitingFor("stopped");
        try (StompClient other = Site.connected(gateway)) {
            for (int i = 0; i < 200; i++) {
                other.send("SEND", headers("destination", "/queue/free", "receipt", "" + i), BODY);
            }
            for (int i = 0; i < 200; i++) {
                assertThat(other.expect("RECEIPT", PATIENCE).header("receipt-id")).contains("" + i);
            }
            int sessions = broker.server().getSessions().size();

            leaving.abort();
            await().atMost(PATIENCE).until(() -> broker.server().getSessions().size() < sessions);

            gateway.terminate(PATIENCE);
            assertThat(staying.awaitEnd(PATIENCE).orElseThrow().code())
                    .isEqualTo(OptionalInt.of(1012));
        } finally {
            staying.close();
        }
    }

    /// A client whose last SENDs the broker has not let in. There are not so many of them that the
    /// gateway would stop reading, and not see the client go before it writes to it.
    private static StompClient waitingFor(String queue) throws Exception {
        StompClient client = Site.connected(gateway);
        for (int i = 0; i < 60; i++) {
            client.send("SEND", headers("destination", "/queue/" + queue), BODY);
        }
        var address = SimpleString.of("full." + queue);
        await().atMost(PATIENCE)
                .until(() -> broker.server().getPagingManager().getPageStore(address).isFull());
        client.send("SEND", headers("destination", "/queue/" + queue, "receipt", "never"), "late");
        assertThat(client.next(A_MOMENT)).isEmpty();
        return client;
    }
}
