package footbridge.jms;

import static org.assertj.core.api.Assertions.assertThat;

import footbridge.backend.Delivery;
import footbridge.backend.Message;
import jakarta.jms.BytesMessage;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSContext;
import jakarta.jms.TextMessage;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class TranslationTest extends BrokerTest {

    private static final int LARGE = 1_500_000;

    @Test
    void aJmsClientReadsTextAndHeaders() throws Exception {
        long soon = System.currentTimeMillis() + 600_000;
        send(
                Messages.text(
                        "grüße\0€",
                        Map.of(
                                "content-type", "text/plain",
                                "correlation-id", "c-1",
                                "type", "order",
                                "priority", "7",
                                "expires", Long.toString(soon),
                                "JMSXGroupID", "g",
                                "x.y", "1")));

        var received = (TextMessage) receive("ORDERS");

        assertThat(received.getText()).isEqualTo("grüße\0€");
        assertThat(received.getJMSCorrelationID()).isEqualTo("c-1");
        assertThat(received.getJMSType()).isEqualTo("order");
        assertThat(received.getJMSPriority()).isEqualTo(7);
        assertThat(received.getJMSExpiration()).isEqualTo(soon);
        assertThat(received.getJMSDeliveryMode()).isEqualTo(DeliveryMode.PERSISTENT);
        assertThat(received.getJMSTimestamp()).isPositive();
        assertThat(received.getJMSMessageID()).startsWith("ID:");
        assertThat(received.getStringProperty("JMSXGroupID")).isEqualTo("g");
        assertThat(received.getStringProperty("content_HYPHEN_type")).isEqualTo("text/plain");
        assertThat(received.getStringProperty("x_DOT_y")).isEqualTo("1");
    }

    @Test
    void aJmsClientReadsEveryByte() throws Exception {
        byte[] body = {0, 1, -1, 10, 0};
        send(Messages.bytes(body));

        assertThat(receive("ORDERS").getBody(byte[].class)).isEqualTo(body);
    }

    @Test
    void aJmsClientReadsEmptyBodies() throws Exception {
        send(Messages.text(""));
        send(Messages.bytes());

        assertThat(((TextMessage) receive("ORDERS")).getText()).isEmpty();
        assertThat(((BytesMessage) receive("ORDERS")).getBodyLength()).isZero();
    }

    @Test
    void largeBodiesPassBothWays() throws Exception {
        var bytes = new byte[LARGE];
        new Random(7).nextBytes(bytes);
        send(Messages.bytes(bytes));
        send(Messages.text("ü".repeat(LARGE)));

        try (JMSContext jms = jms();
                var consumer = jms.createConsumer(jms.createQueue("ORDERS"))) {
            assertThat(consumer.receiveBody(byte[].class, 10_000)).isEqualTo(bytes);
            assertThat(consumer.receiveBody(String.class, 10_000)).isEqualTo("ü".repeat(LARGE));
            var queue = jms.createQueue("OTHER");
            jms.createProducer().send(queue, bytes).send(queue, "ü".repeat(LARGE));
        }
        var inbox = new Inbox();
        session.subscribe(Messages.queue("OTHER"), PREFETCH_100, inbox);
        inbox.awaitCount(2);
        assertThat(octets(inbox.deliveries().getFirst().message())).isEqualTo(bytes);
        assertThat(inbox.texts().getLast()).isEqualTo("ü".repeat(LARGE));
    }

    @Test
    void persistentFalseIsNotStored() throws Exception {
        send(Messages.text("light", Map.of("persistent", "false")));

        assertThat(receive("ORDERS").getJMSDeliveryMode()).isEqualTo(DeliveryMode.NON_PERSISTENT);
    }

    @Test
    void theUserThatTheGatewayVouchesForIsJmsOwn() throws Exception {
        send(
                new Message(
                        Map.of("JMSXUserID", "ann", "expiration", "600000"),
                        ByteBuffer.allocate(0),
                        true,
                        Optional.empty(),
                        Set.of("JMSXUserID")));

        var received = receive("ORDERS");

        assertThat(received.getStringProperty("JMSXUserID")).isEqualTo("ann");
        assertThat(received.getJMSExpiration() - received.getJMSTimestamp())
                .isBetween(599_000L, 660_000L);
        assertThat(received.propertyExists("expiration")).isFalse();
    }

    @Test
    void aClientCannotForgeWhatBelongsToTheBroker() throws Exception {
        var forged = new LinkedHashMap<String, String>();
        forged.put("_AMQ_SCHED_DELIVERY", Long.toString(Long.MAX_VALUE));
        forged.put("_AMQ_ROUTE_TO", "x");
        forged.put("_AMQ_GROUP_ID", "forged");
        forged.put("__AMQ_CID", "forged");
        forged.put("JMSReplyTo", "queue://OTHER");
        forged.put("JMSPriority", "9");
        forged.put("JMSXUserID", "root");
        send(Messages.text("m", forged));

        var received = receive("ORDERS");

        assertThat(received.getJMSReplyTo()).isNull();
        assertThat(received.getJMSPriority()).isEqualTo(4);
        assertThat(received.getStringProperty("JMSXUserID")).isNull();
        assertThat(received.getStringProperty("JMSXGroupID")).isNull();
        assertThat(received.getStringProperty("_x005F_AMQ_ROUTE_TO")).isEqualTo("x");
        assertThat(received.getStringProperty("_x004A_MSPriority")).isEqualTo("9");
    }

    @Test
    void everyHeaderOfAClientComesBackToAClient() throws Exception {
        var headers = new LinkedHashMap<String, String>();
        headers.put("content-type", "text/plain;charset=utf-8");
        headers.put("correlation-id", "c");
        headers.put("type", "t");
        headers.put("priority", "2");
        headers.put("persistent", "false");
        headers.put("expires", Long.toString(System.currentTimeMillis() + 600_000));
        headers.put("JMSXGroupID", "g");
        headers.put("JMSType", "not the type");
        headers.put("a b:c/ü", "odd");
        headers.put("null", "");
        send(Messages.text("m", headers));

        assertThat(delivery().message().headers()).containsAllEntriesOf(headers);
    }

    @Test
    void headersOfTheGatewayAreNotTakenFromAClient() throws Exception {
        send(
                Messages.text(
                        "m",
                        Map.of(
                                "timestamp", "1",
                                "redelivered", "true",
                                "delivery-count", "9",
                                "footbridge-unreadable", "object")));

        assertThat(delivery().message().headers())
                .doesNotContainKeys("redelivered", "delivery-count", "footbridge-unreadable")
                .hasEntrySatisfying(
                        "timestamp", at -> assertThat(Long.parseLong(at)).isGreaterThan(1));
    }

    @Test
    void aClientReadsWhatAJmsClientSent() throws Exception {
        try (JMSContext jms = jms()) {
            jms.createProducer()
                    .setPriority(3)
                    .setJMSType("t")
                    .setJMSCorrelationID("c")
                    .setJMSReplyTo(jms.createQueue("OTHER"))
                    .setProperty("count", 42)
                    .setProperty("ratio", 0.5)
                    .setProperty("sure", true)
                    .setProperty("content_HYPHEN_type", "text/plain")
                    .send(jms.createQueue("ORDERS"), "hello");
        }

        Delivery delivery = delivery();

        assertThat(Inbox.text(delivery)).isEqualTo("hello");
        assertThat(delivery.message().text()).isTrue();
        assertThat(delivery.message().headers())
                .containsAllEntriesOf(
                        Map.of(
                                "priority", "3",
                                "persistent", "true",
                                "type", "t",
                                "correlation-id", "c",
                                "count", "42",
                                "ratio", "0.5",
                                "sure", "true",
                                "content-type", "text/plain"))
                .containsKey("timestamp")
                .doesNotContainKeys("expires", "redelivered", "delivery-count", "reply-to")
                .containsKey("JMSMessageID")
                .allSatisfy((name, _) ->
                        assertThat(name.equals("JMSMessageID") || !name.contains("JMS")).isTrue())
                .allSatisfy((name, _) -> assertThat(name).doesNotContain("AMQ"));
    }

    @Test
    void aMapIsAJsonObject() throws Exception {
        try (JMSContext jms = jms()) {
            var map = jms.createMapMessage();
            map.setString("text", "a\"b\\c\n");
            map.setInt("number", 5);
            jms.createProducer().send(jms.createQueue("ORDERS"), map);
        }

        Delivery delivery = delivery();

        assertThat(Inbox.text(delivery))
                .isIn(
                        "{\"text\":\"a\\\"b\\\\c\\u000a\",\"number\":5}",
                        "{\"number\":5,\"text\":\"a\\\"b\\\\c\\u000a\"}");
        assertThat(delivery.message().headers()).containsEntry("content-type", "application/json");
    }

    @Test
    void whatStompHasNoFormForIsDeliveredAsUnreadable() throws Exception {
        try (JMSContext jms = jms()) {
            var queue = jms.createQueue("ORDERS");
            var map = jms.createMapMessage();
            map.setBytes("bytes", new byte[] {1});
            var stream = jms.createStreamMessage();
            stream.writeInt(1);
            jms.createProducer()
                    .setProperty("kept", "yes")
                    .send(queue, jms.createObjectMessage("object"))
                    .send(queue, stream)
                    .send(queue, map);
        }
        var inbox = new Inbox();
        session.subscribe(Messages.queue("ORDERS"), PREFETCH_100, inbox);

        assertThat(inbox.awaitCount(3))
                .allMatch(delivery -> delivery.message().size() == 0)
                .allMatch(delivery -> delivery.message().headers().containsKey("kept"))
                .extracting(delivery -> delivery.message().headers().get("footbridge-unreadable"))
                .containsExactly("object", "stream", "map");
    }

    private void send(Message message) throws Exception {
        var outcome = new Outcome();
        session.send(Messages.queue("ORDERS"), message, outcome);
        assertThat(outcome.awaitEnd().isConfirmed()).isTrue();
    }

    private Delivery delivery() throws Exception {
        var inbox = new Inbox();
        session.subscribe(Messages.queue("ORDERS"), PREFETCH_100, inbox);
        return inbox.await1();
    }

    private static byte[] octets(Message message) {
        ByteBuffer body = message.body();
        var octets = new byte[body.remaining()];
        body.get(octets);
        return octets;
    }
}
