package footbridge.system;

import static footbridge.system.Site.PATIENCE;
import static footbridge.system.Site.connected;
import static footbridge.system.Site.headers;
import static footbridge.system.Site.send;
import static footbridge.system.Site.subscribe;
import static org.assertj.core.api.Assertions.assertThat;

import footbridge.testbed.ClassicBroker;
import footbridge.testbed.GatewayProcess;
import footbridge.testbed.StompClient;
import footbridge.testbed.StompFrame;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.activemq.ActiveMQConnectionFactory;
import org.fusesource.hawtbuf.Buffer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The packaged gateway in front of ActiveMQ Classic, whose client it finds in a folder.
@Timeout(180)
class PortableIT {

    private static ClassicBroker broker;
    private static GatewayProcess gateway;

    @BeforeAll
    static void start(@TempDir Path library) throws Exception {
        broker = new ClassicBroker().start();
        for (Class<?> one : List.of(ActiveMQConnectionFactory.class, Buffer.class)) {
            Path jar = Path.of(one.getProtectionDomain().getCodeSource().getLocation().toURI());
            Files.copy(jar, library.resolve(jar.getFileName()));
        }
        gateway =
                GatewayProcess.withMappings(Path.of("src-test/resources/portable/mappings"))
                        .setting("footbridge.anonymous", "true")
                        .setting("footbridge.jms.classic.library", library.toString())
                        .setting(
                                "footbridge.jms.classic.connection-factory",
                                ActiveMQConnectionFactory.class.getName())
                        .setting(
                                "footbridge.jms.classic.properties.brokerURL",
                                broker.url("jms.prefetchPolicy.queuePrefetch=0"))
                        .start();
    }

    @AfterAll
    static void stop() throws Exception {
        gateway.close();
        broker.close();
    }

    @Test
    void aMessageCrossesAndIsAckedForGood() throws Exception {
        try (StompClient client = connected(gateway)) {
            assertThat(send(client, "/queue/orders", "hello").command()).isEqualTo("RECEIPT");
            assertThat(broker.messages("orders")).isEqualTo(1);

            StompFrame message = subscribed(client, "/queue/orders");
            assertThat(message.text()).isEqualTo("hello");
            client.send("ACK", ack(message, "receipt", "acked"), "");
            client.expect("RECEIPT", PATIENCE);

            assertThat(broker.messages("orders")).isZero();
        }
    }

    @Test
    void aTopicReachesItsSubscriber() throws Exception {
        try (StompClient client = connected(gateway);
                StompClient sender = connected(gateway)) {
            subscribe(client, "0", "/topic/news");

            assertThat(send(sender, "/topic/news", "extra").command()).isEqualTo("RECEIPT");

            assertThat(client.expect("MESSAGE", PATIENCE).text()).isEqualTo("extra");
        }
    }

    @Test
    void oneAckAndASendCommitTogether() throws Exception {
        try (StompClient client = connected(gateway)) {
            send(client, "/queue/from", "work");
            StompFrame message = subscribed(client, "/queue/from");
            client.send("BEGIN", headers("transaction", "t"), "");
            client.send("SEND", headers("destination", "/queue/to", "transaction", "t"), "result");
            client.send("ACK", ack(message, "transaction", "t"), "");
            assertThat(broker.messages("from")).isEqualTo(1);
            client.send("COMMIT", headers("transaction", "t", "receipt", "done"), "");
            client.expect("RECEIPT", PATIENCE);

            assertThat(broker.messages("from")).isZero();
            assertThat(broker.messages("to")).isEqualTo(1);
        }
    }

    @Test
    void aNackInATransactionIsRefusedAndTheMessageIsStillThere() throws Exception {
        try (StompClient client = connected(gateway)) {
            send(client, "/queue/kept", "work");
            StompFrame message = subscribed(client, "/queue/kept");
            client.send("BEGIN", headers("transaction", "t"), "");
            client.send("NACK", ack(message, "transaction", "t"), "");

            assertThat(client.expect("ERROR", PATIENCE).header("code")).contains("unsupported");
        }
        assertThat(broker.messages("kept")).isEqualTo(1);
    }

    @Test
    void aHeaderThatTheBrokerCannotDoIsRefused() throws Exception {
        try (StompClient client = connected(gateway)) {
            client.send(
                    "SEND",
                    headers("destination", "/queue/once", "duplicate-id", "1", "receipt", "r"),
                    "x");

            StompFrame error = client.expect("ERROR", PATIENCE);
            assertThat(error.header("code")).contains("unsupported");
            assertThat(error.header("receipt-id")).contains("r");
        }
    }

    /// Subscribes and returns the first message.
    private static StompFrame subscribed(StompClient client, String destination) throws Exception {
        client.send(
                "SUBSCRIBE",
                headers(
                        "id",
                        "0",
                        "destination",
                        destination,
                        "ack",
                        "client-individual",
                        "receipt",
                        "s"),
                "");
        client.expect("RECEIPT", PATIENCE);
        return client.expect("MESSAGE", PATIENCE);
    }

    private static Map<String, String> ack(StompFrame message, String name, String value) {
        return headers("id", message.header("ack").orElseThrow(), name, value);
    }
}
