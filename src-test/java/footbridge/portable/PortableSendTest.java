package footbridge.portable;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import footbridge.backend.BackendFailure;
import footbridge.backend.BackendFailure.Kind;
import footbridge.backend.Target.JmsTemporaryQueue;
import footbridge.jms.Inbox;
import footbridge.jms.Messages;
import footbridge.jms.Outcome;
import jakarta.jms.DeliveryMode;
import jakarta.jms.Message;
import jakarta.jms.Queue;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PortableSendTest extends ClassicTest {

    @Test
    void aConfirmedMessageIsAtTheBroker() throws Exception {
        var outcome = new Outcome();

        session.send(queue(), Messages.text("hello"), outcome);

        assertThat(outcome.isConfirmed()).isTrue();
        assertThat(broker.messages(queue)).isEqualTo(1);
        assertThat(receive(queue).getBody(String.class)).isEqualTo("hello");
    }

    @Test
    void aPlainClientSeesHeadersAsJmsHas() throws Exception {
        long soon = System.currentTimeMillis() + 3_600_000;
        Map<String, String> headers = new HashMap<>();
        headers.put("persistent", "false");
        headers.put("priority", "7");
        headers.put("expires", Long.toString(soon));
        headers.put("correlation-id", "c-1");
        headers.put("type", "order");
        headers.put("JMSXGroupID", "g-1");
        headers.put("x-region", "eu");

        session.send(queue(), Messages.text("hello", headers), new Outcome());

        Message received = receive(queue);
        assertThat(received.getJMSDeliveryMode()).isEqualTo(DeliveryMode.NON_PERSISTENT);
        assertThat(received.getJMSPriority()).isEqualTo(7);
        assertThat(received.getJMSExpiration()).isBetween(soon - 5_000, soon + 60_000);
        assertThat(received.getJMSCorrelationID()).isEqualTo("c-1");
        assertThat(received.getJMSType()).isEqualTo("order");
        assertThat(received.getStringProperty("JMSXGroupID")).isEqualTo("g-1");
        assertThat(received.getStringProperty("x_HYPHEN_region")).isEqualTo("eu");
    }

    @Test
    void aTimeToLiveAndAPlaceInAGroupTravel() throws Exception {
        long before = System.currentTimeMillis();
        Map<String, String> headers =
                Map.of("expiration", "3600000", "JMSXGroupID", "g", "JMSXGroupSeq", "3");

        session.send(queue(), Messages.text("hello", headers), new Outcome());

        Message received = receive(queue);
        assertThat(received.getJMSExpiration()).isBetween(before + 3_600_000, before + 3_700_000);
        assertThat(received.getIntProperty("JMSXGroupSeq")).isEqualTo(3);
    }

    @Test
    void onlyTheGatewayNamesTheUser() throws Exception {
        Map<String, String> headers = Map.of("JMSXUserID", "ann");
        session.send(
                queue(),
                new footbridge.backend.Message(
                        headers, ByteBuffer.allocate(0), true, Optional.empty(), headers.keySet()),
                new Outcome());
        session.send(queue(), Messages.text("forged", headers), new Outcome());

        assertThat(receive(queue).getStringProperty("JMSXUserID")).isEqualTo("ann");
        assertThat(receive(queue).getStringProperty("JMSXUserID")).isNotEqualTo("ann");
    }

    @Test
    void aTextIsSentAsOctetsOnDemand() throws Exception {
        session.send(
                queue(),
                Messages.text("hello", Map.of("transformation", "jms-byte")),
                new Outcome());

        assertThat(receive(queue).getBody(byte[].class)).isEqualTo("hello".getBytes(UTF_8));
    }

    @Test
    void octetsArriveAsABytesMessage() throws Exception {
        session.send(queue(), Messages.bytes((byte) 0, (byte) -1), new Outcome());

        assertThat(receive(queue).getBody(byte[].class)).isEqualTo(new byte[] {0, -1});
    }

    @Test
    void whoAnswersIsToldWhere() throws Exception {
        var asking =
                new footbridge.backend.Message(
                        Map.of(), ByteBuffer.allocate(0), true, Optional.of(queue()));
        session.send(Messages.queue(queue + ".service"), asking, new Outcome());

        assertThat(receive(queue + ".service").getJMSReplyTo())
                .isInstanceOfSatisfying(
                        Queue.class, told -> assertThat(told.toString()).endsWith(queue));
    }

    @Test
    void temporaryQueuesAreRefused() {
        var target = new JmsTemporaryQueue("classic", "answers", true);

        assertThat(failureOf(() -> session.send(target, Messages.text("x"), new Outcome())).kind())
                .isEqualTo(Kind.UNSUPPORTED);
        assertThat(failureOf(() -> session.subscribe(target, byClient(1), new Inbox())).kind())
                .isEqualTo(Kind.UNSUPPORTED);
    }

    @ParameterizedTest
    @CsvSource({
        "duplicate-id, a, UNSUPPORTED",
        "AMQ_SCHEDULED_DELAY, 1000, UNSUPPORTED",
        "transformation, jms-map-json, UNSUPPORTED",
        "expiration, soon, INVALID_HEADER",
        "JMSXGroupSeq, -1, INVALID_HEADER",
        "persistent, perhaps, INVALID_HEADER",
        "priority, 10, INVALID_HEADER",
        "expires, soon, INVALID_HEADER",
    })
    void aHeaderThatCannotBeDoneIsRefused(String header, String value, Kind kind) throws Exception {
        BackendFailure failure =
                failureOf(() ->
                        session.send(
                                queue(), Messages.text("x", Map.of(header, value)), new Outcome()));

        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure).hasMessageContaining(header);
        send(session, queue(), "the session lives on");
        assertThat(broker.messages(queue)).isEqualTo(1);
    }
}
