package footbridge.system;

import static footbridge.system.Site.PATIENCE;
import static footbridge.system.Site.headers;
import static org.assertj.core.api.Assertions.assertThat;

import footbridge.testbed.BrokersProcess;
import footbridge.testbed.GatewayProcess;
import footbridge.testbed.StompClient;
import footbridge.testbed.StompFrame;
import jakarta.jms.JMSContext;
import jakarta.jms.MapMessage;
import jakarta.jms.Session;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.client.ClientSession;
import org.apache.activemq.artemis.jms.client.ActiveMQConnection;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What JMS offers beside queues and topics, between STOMP clients and plain JMS clients on a real
/// Artemis.
@Timeout(180)
class JmsFeaturesIT {

    private static final Duration A_MOMENT = Duration.ofMillis(500);
    private static final int MIB = 1024 * 1024;
    private static final int LARGE_MIB = 100;

    private static final String RULES =
            """
            defaults: { create: auto }
            rules:
              - { destination: "/queue/{q}", to: { jms: artemis, queue: "Q.{q}" }, allow: [anonymous] }
              - { destination: "/topic/{t}", to: { jms: artemis, topic: "T.{t}" }, allow: [anonymous] }
              - { destination: "/topic/w.{t}", to: { jms: artemis, topic: "W.{t}" }, allow: [anonymous], subscribe: { wildcards: true } }
              - { destination: /topic/w.secret, to: { jms: artemis, topic: W.secret }, allow: [boss] }
            """;

    private static BrokersProcess broker;
    private static GatewayProcess gateway;

    @BeforeAll
    static void start(@TempDir Path data, @TempDir Path rules) throws Exception {
        Files.writeString(rules.resolve("rules.yaml"), RULES);
        broker = BrokersProcess.startArtemis(data);
        declare();
        gateway =
                GatewayProcess.withMappings(rules)
                        .settings(broker.gatewaySettings())
                        .setting("footbridge.anonymous", "true")
                        .setting("footbridge.limits.body", "100M")
                        .setting("quarkus.security.users.embedded.plain-text", "true")
                        .setting("quarkus.security.users.embedded.users.ann", "secret")
                        .setting("quarkus.security.users.embedded.roles.ann", "user")
                        .jvm("-Xmx400m")
                        .start();
    }

    /// The broker makes nothing by itself; what is not here the gateway makes.
    private static void declare() throws Exception {
        try (var factory = new ActiveMQConnectionFactory(broker.artemisUrl());
                var connection = (ActiveMQConnection) factory.createConnection()) {
            ClientSession core = connection.getInitialSession();
            for (String queue : List.of("Q.maps", "Q.back")) {
                core.createAddress(SimpleString.of(queue), RoutingType.ANYCAST, false);
                core.createQueue(QueueConfiguration.of(queue).setRoutingType(RoutingType.ANYCAST));
            }
            for (String topic : List.of("W.a", "W.b", "W.secret")) {
                core.createAddress(SimpleString.of(topic), RoutingType.MULTICAST, false);
            }
        }
    }

    @AfterAll
    static void stop() {
        gateway.close();
        broker.close();
    }

    @Test
    void aDurableSubscriptionIsKeptSharedWithJmsAndDeleted() throws Exception {
        try (StompClient first = ann()) {
            durable(first, "SUBSCRIBE");
            first.expect("RECEIPT", PATIENCE);
            try (StompClient second = ann()) {
                durable(second, "SUBSCRIBE");
                assertThat(second.expect("ERROR", PATIENCE).header("code"))
                        .contains("durable-subscription-in-use");
            }
            first.send("DISCONNECT", headers("receipt", "bye"), "");
            first.expect("RECEIPT", PATIENCE);
        }
        try (JMSContext jms = jms()) {
            jms.createProducer().send(jms.createTopic("T.news"), "1");
            jms.createProducer().send(jms.createTopic("T.news"), "2");
        }

        try (StompClient again = ann()) {
            durable(again, "SUBSCRIBE");
            assertThat(again.expect("RECEIPT", PATIENCE).header("receipt-id")).contains("r");
            assertThat(again.expect("MESSAGE", PATIENCE).text()).isEqualTo("1");
            assertThat(again.expect("MESSAGE", PATIENCE).text()).isEqualTo("2");
            again.send("UNSUBSCRIBE", headers("id", "0", "receipt", "u"), "");
            again.expect("RECEIPT", PATIENCE);
        }
        try (JMSContext jms = jms()) {
            jms.setClientID("ann/laptop");
            jms.createProducer().send(jms.createTopic("T.news"), "3");
            try (var consumer = jms.createDurableConsumer(jms.createTopic("T.news"), "n")) {
                assertThat(consumer.receiveBody(String.class, PATIENCE.toMillis())).isEqualTo("3");
            }
            jms.createProducer().send(jms.createTopic("T.news"), "4");
        }
        try (StompClient last = ann()) {
            durable(last, "UNSUBSCRIBE");
            last.expect("RECEIPT", PATIENCE);
            durable(last, "SUBSCRIBE");
            last.expect("RECEIPT", PATIENCE);
            assertThat(last.next(A_MOMENT)).isEmpty();
        }
    }

    @Test
    void selectorNoLocalAndBrowserDoWhatTheySay() throws Exception {
        try (StompClient one = anonymous();
                StompClient other = anonymous()) {
            one.send(
                    "SUBSCRIBE",
                    headers(
                            "id", "0",
                            "destination", "/topic/chat",
                            "selector", "\"x-level\" > 3",
                            "no-local", "true",
                            "receipt", "s"),
                    "");
            one.expect("RECEIPT", PATIENCE);
            say(one, "/topic/chat", "own", "9");
            say(other, "/topic/chat", "low", "1");
            say(other, "/topic/chat", "high", "4");
            assertThat(one.expect("MESSAGE", PATIENCE).text()).isEqualTo("high");

            say(other, "/queue/kept", "still there", "1");
            one.send(
                    "SUBSCRIBE",
                    headers("id", "b", "destination", "/queue/kept", "browser", "true"),
                    "");
            assertThat(one.expect("MESSAGE", PATIENCE).text()).isEqualTo("still there");
            StompFrame end = one.expect("MESSAGE", PATIENCE);
            assertThat(end.header("browser")).contains("end");
            assertThat(end.header("subscription")).contains("b");
            assertThat(end.header("destination")).contains("/queue/kept");
        }
        try (JMSContext jms = jms();
                var consumer = jms.createConsumer(jms.createQueue("Q.kept"))) {
            assertThat(consumer.receiveBody(String.class, PATIENCE.toMillis()))
                    .isEqualTo("still there");
        }
    }

    @Test
    void aWildcardBringsWhatTheClientMightHaveAskedFor() throws Exception {
        try (StompClient client = anonymous();
                StompClient settling = anonymous();
                JMSContext jms = jms()) {
            for (StompClient each : List.of(client, settling)) {
                each.send(
                        "SUBSCRIBE",
                        headers(
                                "id", "0",
                                "destination", "/topic/w.*",
                                "ack", each == client ? "auto" : "client-individual",
                                "prefetch-count", "1",
                                "receipt", "s"),
                        "");
                each.expect("RECEIPT", PATIENCE);
            }

            jms.createProducer()
                    .send(jms.createTopic("W.a"), "1")
                    .send(jms.createTopic("W.secret"), "not for you")
                    .send(jms.createTopic("W.b"), "2");

            for (StompClient each : List.of(client, settling)) {
                StompFrame first = each.expect("MESSAGE", PATIENCE);
                assertThat(first.header("destination")).contains("/topic/w.a");
                if (each == settling) {
                    each.send("ACK", headers("id", first.header("ack").orElseThrow()), "");
                }
                StompFrame second = each.expect("MESSAGE", PATIENCE);
                assertThat(second.text()).isEqualTo("2");
                assertThat(second.header("destination")).contains("/topic/w.b");
            }
            assertThat(client.next(A_MOMENT)).isEmpty();
        }
        assertRefused("no-such-destination", "destination", "/topic/*");
    }

    @Test
    void whatCannotBeDoneIsAnErrorOfItsOwnCode() throws Exception {
        assertRefused("invalid-selector", "destination", "/queue/e", "selector", "a = = b");
        assertRefused("unsupported", "destination", "/queue/e", "no-local", "true");
        assertRefused("access-denied", "destination", "/topic/e", "durable-subscription-name", "n");
        try (StompClient client = anonymous()) {
            client.send(
                    "SEND",
                    headers("destination", "/queue/e", "transformation", "jms-map-json"),
                    "no json");
            assertThat(client.expect("ERROR", PATIENCE).header("code")).contains("invalid-body");
        }
        try (StompClient client = anonymous()) {
            client.send(
                    "SEND", headers("destination", "/queue/e", "AMQ_SCHEDULED_CRON", "* *"), "");
            assertThat(client.expect("ERROR", PATIENCE).header("code")).contains("unsupported");
        }
        try (StompClient client = anonymous()) {
            client.send("SEND", headers("destination", "/queue/e", "priority", "high"), "");
            assertThat(client.expect("ERROR", PATIENCE).header("code")).contains("invalid-header");
        }
    }

    @Test
    void aMapAndALateMessageReachAJmsClient() throws Exception {
        try (StompClient client = anonymous();
                JMSContext jms = jms();
                var consumer = jms.createConsumer(jms.createQueue("Q.maps"))) {
            client.send(
                    "SEND",
                    headers(
                            "destination", "/queue/maps",
                            "transformation", "jms-map-json",
                            "AMQ_SCHEDULED_DELAY", "700"),
                    "{\"n\": 5}");
            client.send(
                    "SEND",
                    headers("destination", "/queue/maps", "transformation", "jms-map-json"),
                    "{\"n\": 4}");

            assertThat(((MapMessage) consumer.receive(PATIENCE.toMillis())).getInt("n"))
                    .isEqualTo(4);
            assertThat(((MapMessage) consumer.receive(PATIENCE.toMillis())).getInt("n"))
                    .isEqualTo(5);
        }
    }

    @Test
    void ahundredMebibytesCrossBothWaysInASmallHeap() throws Exception {
        byte[] mebibyte = new byte[MIB];
        Arrays.fill(mebibyte, (byte) 'x');
        try (var socket = new Socket("localhost", gateway.tcpPort())) {
            OutputStream out = socket.getOutputStream();
            out.write(ascii("CONNECT\naccept-version:1.2\n\n\0"));
            await(socket.getInputStream(), "CONNECTED\n");
            out.write(
                    ascii(
                            "SEND\ndestination:/queue/large\nreceipt:r\ncontent-length:"
                                    + (long) LARGE_MIB * MIB
                                    + "\n\n"));
            for (int n = 0; n < LARGE_MIB; n++) {
                out.write(mebibyte);
            }
            out.write(0);
            await(socket.getInputStream(), "RECEIPT\nreceipt-id:r\n");
            try (JMSContext jms = jms();
                    var consumer = jms.createConsumer(jms.createQueue("Q.large"))) {
                var received = consumer.receive(PATIENCE.toMillis());
                var counter = new CountingStream();
                received.setObjectProperty("JMS_AMQ_SaveStream", counter);
                assertThat(counter.count).isEqualTo((long) LARGE_MIB * MIB);
                var back = jms.createBytesMessage();
                back.setObjectProperty("JMS_AMQ_InputStream", mebibytes(mebibyte));
                jms.createProducer().send(jms.createQueue("Q.back"), back);
            }
            out.write(ascii("SUBSCRIBE\nid:0\ndestination:/queue/back\n\n\0"));
            InputStream in = new BufferedInputStream(socket.getInputStream(), MIB);
            await(in, "content-length:" + (long) LARGE_MIB * MIB + "\n\n");
            long count = 0;
            for (int octet = in.read(); octet == 'x'; octet = in.read()) {
                count++;
            }
            assertThat(count).isEqualTo((long) LARGE_MIB * MIB);
        }
        assertThat(gateway.isAlive()).isTrue();
    }

    private static final class CountingStream extends OutputStream {

        private long count;

        @Override
        public void write(int octet) {
            count++;
        }

        @Override
        public void write(byte[] octets, int offset, int length) {
            count += length;
        }
    }

    private static InputStream mebibytes(byte[] mebibyte) {
        return new SequenceInputStream(
                Collections.enumeration(
                        Collections.nCopies(LARGE_MIB, mebibyte).stream()
                                .<InputStream>map(ByteArrayInputStream::new)
                                .toList()));
    }

    /// Reads up to the end of a text.
    private static void await(InputStream in, String text) throws Exception {
        var seen = new StringBuilder();
        while (!seen.toString().endsWith(text)) {
            int octet = in.read();
            assertThat(octet).as(seen.toString()).isNotNegative();
            seen.append((char) octet);
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static void durable(StompClient client, String command) throws Exception {
        client.send(
                command,
                headers(
                        "id", "0",
                        "destination", "/topic/news",
                        "durable-subscription-name", "n",
                        "receipt", "r"),
                "");
    }

    private static void say(StompClient client, String destination, String text, String level)
            throws Exception {
        client.send(
                "SEND",
                headers("destination", destination, "x-level", level, "receipt", "sent"),
                text);
        client.expect("RECEIPT", PATIENCE);
    }

    private static void assertRefused(String code, String... subscribe) throws Exception {
        try (StompClient client = anonymous()) {
            Map<String, String> asked = headers(subscribe);
            asked.put("id", "0");
            client.send("SUBSCRIBE", asked, "");
            assertThat(client.expect("ERROR", PATIENCE).header("code")).contains(code);
        }
    }

    private static StompClient ann() throws Exception {
        return connected(headers("login", "ann", "passcode", "secret", "client-id", "laptop"));
    }

    private static StompClient anonymous() throws Exception {
        return connected(headers());
    }

    private static StompClient connected(Map<String, String> credentials) throws Exception {
        StompClient client = StompClient.webSocket(gateway.webSocket(), "v12.stomp");
        credentials.put("accept-version", "1.2");
        client.send("CONNECT", credentials, "");
        client.expect("CONNECTED", PATIENCE);
        return client;
    }

    private static JMSContext jms() {
        return new ActiveMQConnectionFactory(broker.artemisUrl())
                .createContext(Session.AUTO_ACKNOWLEDGE);
    }
}
