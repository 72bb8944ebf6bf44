package footbridge.jms;

import static footbridge.backend.Acknowledgement.AUTOMATIC;
import static org.assertj.core.api.Assertions.assertThat;

import footbridge.backend.BackendFailure;
import footbridge.backend.BackendSession;
import footbridge.backend.Selection;
import footbridge.backend.Target;
import jakarta.jms.BytesMessage;
import jakarta.jms.JMSContext;
import jakarta.jms.MapMessage;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// MapMessages, which are JSON objects at STOMP clients.
final class MapMessageTest extends SharedBrokerTest {

    private static final Map<String, String> AS_MAP = Map.of("transformation", "jms-map-json");

    @Test
    void aJsonObjectBecomesAMapMessage() throws Exception {
        Target queue = queue("made");
        String json =
                """
                {"text": "gr\\u00fc\\"\\n\\/", "int": 7, "long": 3000000000, "double": -1.5e3,
                 "yes": true, "no": false, "nothing": null, "": "x" }\
                """
                        .replace(", \"\": \"x\"", "");
        send(client("a"), queue, Messages.text(json, AS_MAP));

        try (JMSContext jms = jms();
                var consumer = jms.createConsumer(jms.createQueue("made"))) {
            var map = (MapMessage) consumer.receive(10_000);
            assertThat(map.getString("text")).isEqualTo("grü\"\n/");
            assertThat(map.getInt("int")).isEqualTo(7);
            assertThat(map.getObject("int")).isInstanceOf(Integer.class);
            assertThat(map.getLong("long")).isEqualTo(3_000_000_000L);
            assertThat(map.getDouble("double")).isEqualTo(-1500);
            assertThat(map.getBoolean("yes")).isTrue();
            assertThat(map.getBoolean("no")).isFalse();
            assertThat(map.itemExists("nothing")).isTrue();
            assertThat(map.getObject("nothing")).isNull();
            assertThat(map.propertyExists("transformation")).isFalse();
        }
    }

    @Test
    void whatComesBackSaysThatItWasAMap() throws Exception {
        Target queue = queue("back");
        BackendSession session = client("a");
        send(session, queue, Messages.text("{}", AS_MAP));
        send(session, queue, Messages.text(" { \"a\" : [1] } ".replace("[1]", "1"), AS_MAP));
        var inbox = new Inbox();

        subscribe(session, queue, Selection.ALL, AUTOMATIC, inbox);

        inbox.awaitCount(2);
        assertThat(inbox.texts()).containsExactly("{}", "{\"a\":1}");
        assertThat(inbox.await1().message().headers())
                .containsEntry("transformation", "jms-map-json")
                .containsEntry("content-type", "application/json");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "text",
                "{",
                "{\"a\"}",
                "{\"a\":}",
                "{\"a\":1",
                "{\"a\":1,}",
                "{\"a\":1}x",
                "{\"a\":[1]}",
                "{\"a\":{}}",
                "{\"a\":01}",
                "{\"a\":99999999999999999999}",
                "{\"a\":tru}",
                "{\"a\":\"\\q\"}",
                "{\"a\":\"\\u12\"}",
                "{\"a\":\"open}",
                "{\"a\":1,\"a\":2}",
                "{\"\":1}"
            })
    void aBodyThatIsNoFlatObjectIsRefused(String body) throws Exception {
        Target queue = queue("no" + Integer.toHexString(body.hashCode()));

        assertThat(failureOf(() -> send(client("a"), queue, Messages.text(body, AS_MAP))).kind())
                .isEqualTo(BackendFailure.Kind.INVALID_BODY);
    }

    @Test
    void otherTransformationsAreDoneOrRefused() throws Exception {
        Target queue = queue("other");
        send(client("a"), queue, Messages.text("octets", Map.of("transformation", "jms-byte")));

        try (JMSContext jms = jms();
                var consumer = jms.createConsumer(jms.createQueue("other"))) {
            assertThat(consumer.receive(10_000)).isInstanceOf(BytesMessage.class);
        }
        assertThat(
                        failureOf(() ->
                                        send(
                                                client("a"),
                                                queue,
                                                Messages.text(
                                                        "<x/>",
                                                        Map.of(
                                                                "transformation",
                                                                "jms-object-xml"))))
                                .kind())
                .isEqualTo(BackendFailure.Kind.UNSUPPORTED);
    }

    private Target queue(String name) throws Exception {
        broker.createQueue(name);
        return Messages.queue(name);
    }
}
