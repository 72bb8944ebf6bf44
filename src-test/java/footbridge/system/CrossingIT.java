package footbridge.system;

import static footbridge.system.Site.PATIENCE;
import static footbridge.system.Site.headers;
import static footbridge.system.Site.send;
import static footbridge.system.Site.subscribe;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import footbridge.testbed.StompClient;
import footbridge.testbed.StompFrame;
import jakarta.jms.BytesMessage;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSContext;
import jakarta.jms.TextMessage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A message crosses between clients and brokers, both ways, by the demo's rules.
@Timeout(120)
class CrossingIT {

    private static Site site;

    @BeforeAll
    static void start(@TempDir Path data) {
        site = Site.start(data);
    }

    @AfterAll
    static void stop() {
        site.close();
    }

    @Test
    void textReachesAJmsClientWithHeadersAndBody() throws Exception {
        try (StompClient browser = site.connected();
                var factory = new ActiveMQConnectionFactory(site.brokers().artemisUrl());
                JMSContext jms = ((ConnectionFactory) factory).createContext()) {
            browser.send(
                    "SEND",
                    headers(
                            "destination", "/queue/text",
                            "content-type", "text/plain",
                            "region", "north:east",
                            "correlation-id", "c-1",
                            "priority", "7",
                            "receipt", "r-1"),
                    "gr\u00fc\u00df dich");
            assertThat(browser.expect("RECEIPT", PATIENCE).header("receipt-id")).contains("r-1");

            var consumer = jms.createConsumer(jms.createQueue("demo.text"));
            var received = (TextMessage) consumer.receive(PATIENCE.toMillis());

            assertThat(received.getText()).isEqualTo("gr\u00fc\u00df dich");
            assertThat(received.getStringProperty("region")).isEqualTo("north:east");
            assertThat(received.getJMSCorrelationID()).isEqualTo("c-1");
            assertThat(received.getJMSPriority()).isEqualTo(7);
            assertThat(received.getJMSDeliveryMode()).isEqualTo(DeliveryMode.PERSISTENT);
        }
    }

    @Test
    void octetsReachAJmsClientUnchanged_M6() throws Exception {
        byte[] body = {0, 1, 'S', 0, -1, -2, '\n', 0};
        try (StompClient browser = StompClient.tcp("localhost", site.gateway().tcpPort());
                var factory = new ActiveMQConnectionFactory(site.brokers().artemisUrl());
                JMSContext jms = ((ConnectionFactory) factory).createContext()) {
            browser.send("CONNECT", headers("accept-version", "1.2"), "");
            browser.expect("CONNECTED", PATIENCE);
            browser.send(
                    frame(
                            "SEND\ndestination:/queue/octets\nreceipt:r-1\ncontent-length:8\n\n",
                            body));
            browser.expect("RECEIPT", PATIENCE);

            var consumer = jms.createConsumer(jms.createQueue("demo.octets"));
            var received = (BytesMessage) consumer.receive(PATIENCE.toMillis());

            assertThat(received.getBody(byte[].class)).isEqualTo(body);
        }
    }

    @Test
    void aJmsMessageReachesEverySubscriberOfItsTopic() throws Exception {
        try (StompClient first = site.connected();
                StompClient second = site.connected();
                var factory = new ActiveMQConnectionFactory(site.brokers().artemisUrl());
                JMSContext jms = ((ConnectionFactory) factory).createContext()) {
            subscribe(first, "a", "/topic/demo");
            subscribe(second, "b", "/topic/demo");

            jms.createProducer()
                    .setProperty("desk", "7")
                    .send(jms.createTopic("demo.events"), "news");

            assertMessage(first, "a", "/topic/demo", "news", Map.of("desk", "7"));
            assertMessage(second, "b", "/topic/demo", "news", Map.of("desk", "7"));
        }
    }

    @Test
    void aKafkaRecordReachesTwoBrowsers() throws Exception {
        try (StompClient first = site.connected();
                StompClient second = site.connected();
                var producer = producer()) {
            subscribe(first, "a", "/topic/kafka");
            subscribe(second, "b", "/topic/kafka");

            var record = new ProducerRecord<byte[], byte[]>("demo", utf8("k-1"), utf8("tick"));
            record.headers().add("desk", utf8("7"));
            producer.send(record).get();

            assertMessage(
                    first, "a", "/topic/kafka", "tick", Map.of("desk", "7", "kafka-key", "k-1"));
            assertMessage(
                    second, "b", "/topic/kafka", "tick", Map.of("desk", "7", "kafka-key", "k-1"));
        }
    }

    @Test
    void aSubscriberOfOneKeyGetsItsRecordsOnly() throws Exception {
        try (StompClient browser = site.connected()) {
            subscribe(browser, "a", "/topic/ticks/ACME");
            browser.send("SEND", headers("destination", "/topic/ticks/OTHER"), "1");
            browser.send("SEND", headers("destination", "/topic/ticks/ACME"), "2");

            assertMessage(browser, "a", "/topic/ticks/ACME", "2", Map.of("kafka-key", "ACME"));
        }
    }

    @Test
    void eachQueueMessageGoesToOneSubscriber_S6() throws Exception {
        try (StompClient first = site.connected();
                StompClient second = site.connected()) {
            subscribe(first, "a", "/queue/shared");
            subscribe(second, "b", "/queue/shared");

            for (int i = 0; i < 2; i++) {
                assertThat(send(first, "/queue/shared", "m" + i).command())
                        .isIn("RECEIPT", "MESSAGE");
            }

            StompFrame other = second.expect("MESSAGE", PATIENCE);
            assertThat(other.header("subscription")).contains("b");
        }
    }

    @Test
    void tcpClientsCrossToo() throws Exception {
        try (StompClient client = StompClient.tcp("localhost", site.gateway().tcpPort())) {
            client.send("STOMP", headers("accept-version", "1.1", "host", "x"), "");
            assertThat(client.expect("CONNECTED", PATIENCE).header("version")).contains("1.1");
            subscribe(client, "a", "/queue/tcp");
            client.send("SEND", headers("destination", "/queue/tcp"), "over tcp");

            assertMessage(client, "a", "/queue/tcp", "over tcp", Map.of());
        }
    }

    @Test
    void framesBehindConnectAreTaken_33() throws Exception {
        try (StompClient client = StompClient.tcp("localhost", site.gateway().tcpPort())) {
            client.send(
                    """
                    CONNECT
                    accept-version:1.2

                    \0
                    SEND
                    destination:/queue/pipelined
                    receipt:r-1

                    hello\0\
                    """);
            client.expect("CONNECTED", PATIENCE);
            assertThat(client.expect("RECEIPT", PATIENCE).header("receipt-id")).contains("r-1");
        }
    }

    @Test
    void aFrameMayComeInPieces_F10_W1() throws Exception {
        try (StompClient client = site.connected()) {
            for (char octet :
                    "SEND\ndestination:/queue/pieces\nreceipt:r-1\n\nhello\0".toCharArray()) {
                client.send(String.valueOf(octet));
            }

            assertThat(client.expect("RECEIPT", PATIENCE).header("receipt-id")).contains("r-1");
        }
    }

    @Test
    void aBodyOfTheLargestSizePassesAndOneOctetMoreIsRefused_L3() throws Exception {
        int largest = 16 << 20;
        try (StompClient client = site.connected()) {
            subscribe(client, "a", "/queue/large");
            client.send("SEND", headers("destination", "/queue/large"), "x".repeat(largest));
            assertThat(client.expect("MESSAGE", PATIENCE).body().remaining()).isEqualTo(largest);

            client.send("SEND\ndestination:/queue/large\ncontent-length:" + (largest + 1) + "\n\n");
            assertThat(client.expect("ERROR", PATIENCE).header("code")).contains("body-too-large");
        }
    }

    @Test
    void theBestSubProtocolOfferedIsChosen_25() throws Exception {
        try (StompClient client =
                StompClient.webSocket(
                        site.gateway().webSocket(), "v10.stomp", "v12.stomp", "v11.stomp")) {
            assertThat(client.subProtocol()).isEqualTo("v12.stomp");
        }
    }

    @Test
    void anUnknownSubProtocolIsNotAnswered_W4() throws Exception {
        try (StompClient client = StompClient.webSocket(site.gateway().webSocket(), "mqtt")) {
            assertThat(client.subProtocol()).isEmpty();
        }
    }

    @Test
    void noReceiptPretendsADestinationThatIsNone() throws Exception {
        try (StompClient client = site.connected()) {
            StompFrame answer = send(client, "/nowhere", "lost?");

            assertThat(answer.command()).isEqualTo("ERROR");
            assertThat(answer.header("receipt-id")).contains("sent");
            assertThat(answer.header("code")).contains("no-such-destination");
            assertThat(answer.text()).contains("/nowhere");
            assertThat(client.awaitEnd(PATIENCE)).isPresent();
        }
    }

    @Test
    void heartBeatsComeInTime_B5() throws Exception {
        try (StompClient client = StompClient.webSocket(site.gateway().webSocket())) {
            client.send("CONNECT", headers("accept-version", "1.2", "heart-beat", "0,1000"), "");
            client.expect("CONNECTED", PATIENCE);

            await().until(() -> client.heartBeats() >= 3);
        }
    }

    @Test
    void aSilentClientIsDropped_B7() throws Exception {
        try (StompClient client = StompClient.webSocket(site.gateway().webSocket())) {
            client.send("CONNECT", headers("accept-version", "1.2", "heart-beat", "1000,0"), "");
            client.expect("CONNECTED", PATIENCE);

            assertThat(client.expect("ERROR", PATIENCE).header("code"))
                    .contains("heart-beat-missed");
            assertThat(client.awaitEnd(PATIENCE)).isPresent();
        }
    }

    @Test
    void aReceiptOfDisconnectArrivesBeforeTheClose_D2() throws Exception {
        try (StompClient client = StompClient.tcp("localhost", site.gateway().tcpPort())) {
            client.send("CONNECT", headers("accept-version", "1.2"), "");
            client.expect("CONNECTED", PATIENCE);
            client.send("DISCONNECT", headers("receipt", "bye"), "");

            assertThat(client.expect("RECEIPT", PATIENCE).header("receipt-id")).contains("bye");
            assertThat(client.awaitEnd(PATIENCE)).isPresent();
        }
    }

    private static void assertMessage(
            StompClient client,
            String subscription,
            String destination,
            String body,
            Map<String, String> headers)
            throws InterruptedException {
        StompFrame message = client.expect("MESSAGE", PATIENCE);
        assertThat(message.text()).isEqualTo(body);
        assertThat(message.headers())
                .containsEntry("subscription", subscription)
                .containsEntry("destination", destination)
                .containsKey("message-id")
                .containsAllEntriesOf(headers);
    }

    private static KafkaProducer<byte[], byte[]> producer() {
        return new KafkaProducer<>(
                Map.of("bootstrap.servers", site.brokers().kafkaBootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    private static byte[] frame(String head, byte[] body) {
        byte[] start = utf8(head);
        byte[] frame = Arrays.copyOf(start, start.length + body.length + 1);
        System.arraycopy(body, 0, frame, start.length, body.length);
        return frame;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
