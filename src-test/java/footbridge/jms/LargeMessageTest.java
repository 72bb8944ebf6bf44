package footbridge.jms;

import static footbridge.backend.Acknowledgement.AUTOMATIC;
import static org.assertj.core.api.Assertions.assertThat;

import footbridge.backend.BackendSession;
import footbridge.backend.Message;
import footbridge.backend.Selection;
import footbridge.backend.Target;
import footbridge.backend.TransactedSend;
import jakarta.jms.JMSContext;
import jakarta.jms.TextMessage;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.CRC32;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.apache.activemq.artemis.jms.client.ActiveMQTextMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Bodies that go to and from the broker in pieces.
final class LargeMessageTest extends SharedBrokerTest {

    private static final int LARGE = 12_000_000;

    @Test
    void octetsPassBothWaysUnchanged() throws Exception {
        Target queue = queue("octets");
        var octets = new byte[LARGE];
        new Random(11).nextBytes(octets);
        BackendSession session = client("a");
        send(session, queue, new Message(Map.of("k", "v"), ByteBuffer.wrap(octets), false));
        send(session, queue, new Message(Map.of(), ByteBuffer.wrap(octets), false));

        try (JMSContext jms = jms();
                var consumer = jms.createConsumer(jms.createQueue("octets"))) {
            var received = consumer.receive(10_000);
            assertThat(received.getStringProperty("k")).isEqualTo("v");
            assertThat(checksum(ByteBuffer.wrap(received.getBody(byte[].class))))
                    .isEqualTo(checksum(ByteBuffer.wrap(octets)));
        }
        var inbox = new Inbox();
        subscribe(session, queue, Selection.ALL, AUTOMATIC, inbox);
        assertThat(checksum(inbox.await1().message().body()))
                .isEqualTo(checksum(ByteBuffer.wrap(octets)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "ü", "€", "😀", "aü€😀\0"})
    void textsPassBothWaysWhateverTheirCharacters(String piece) throws Exception {
        String name = "texts" + Integer.toHexString(piece.hashCode());
        Target queue = queue(name);
        String text = "x" + piece.repeat(120_000);
        BackendSession session = client("a");
        send(session, queue, text);
        session.commit(List.of(new TransactedSend(queue, Messages.text(text))), List.of());

        try (JMSContext jms = jms();
                var consumer = jms.createConsumer(jms.createQueue(name))) {
            assertThat(((TextMessage) consumer.receive(10_000)).getText().equals(text)).isTrue();
            jms.createProducer().send(jms.createQueue(name), text);
        }
        var inbox = new Inbox();
        subscribe(session, queue, Selection.ALL, AUTOMATIC, inbox);
        inbox.awaitCount(2);
        assertThat(inbox.texts().stream().allMatch(text::equals)).isTrue();
        assertThat(inbox.await1().message().text()).isTrue();
    }

    /// The broker keeps what comes in pieces in files of their own, which costs it much more.
    @ParameterizedTest
    @ValueSource(strings = {"a", "ü", "€"})
    void aTextOfLessThan100KibGoesInOnePiece(String character) throws Exception {
        String name = "pieces" + Integer.toHexString(character.hashCode());
        Target queue = queue(name);
        String text =
                character.repeat(
                        (100 * 1024 - 1) / character.getBytes(StandardCharsets.UTF_8).length);
        send(client("a"), queue, text);

        try (JMSContext jms = jms();
                var consumer = jms.createConsumer(jms.createQueue(name))) {
            var received = (ActiveMQTextMessage) consumer.receive(10_000);
            assertThat(received.getText().equals(text)).isTrue();
            assertThat(received.getCoreMessage().isLargeMessage()).isFalse();
        }
    }

    @Test
    void halfACharacterBecomesAQuestionMark() throws Exception {
        Target queue = queue("half");
        String half = "\ud83d".repeat(3) + "x".repeat(100_000) + "\ude00" + "\ud83d";
        try (JMSContext jms = jms()) {
            jms.createProducer().send(jms.createQueue("half"), half);
        }
        var inbox = new Inbox();

        subscribe(client("a"), queue, Selection.ALL, AUTOMATIC, inbox);

        String expected =
                StandardCharsets.UTF_8.decode(StandardCharsets.UTF_8.encode(half)).toString();
        assertThat(Inbox.text(inbox.await1()).equals(expected)).isTrue();
    }

    @Test
    void compressedMessagesAreReadToo() throws Exception {
        Target queue = queue("compressed");
        String text = "abcü".repeat(200_000);
        try (var factory =
                        new ActiveMQConnectionFactory(broker.url() + "?compressLargeMessage=true");
                JMSContext jms = factory.createContext()) {
            jms.createProducer().send(jms.createQueue("compressed"), text);
            jms.createProducer()
                    .send(jms.createQueue("compressed"), text.getBytes(StandardCharsets.UTF_8));
        }
        var inbox = new Inbox();

        subscribe(client("a"), queue, Selection.ALL, AUTOMATIC, inbox);

        inbox.awaitCount(2);
        assertThat(inbox.texts().stream().allMatch(text::equals)).isTrue();
    }

    private Target queue(String name) throws Exception {
        broker.createQueue(name);
        return Messages.queue(name);
    }

    private static long checksum(ByteBuffer octets) {
        var sum = new CRC32();
        sum.update(octets);
        return sum.getValue();
    }
}
