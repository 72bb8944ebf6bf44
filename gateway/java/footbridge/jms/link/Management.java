package footbridge.jms.link;

import footbridge.backend.BackendFailure;
import footbridge.backend.BackendFailure.Kind;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.client.ClientConsumer;
import org.apache.activemq.artemis.api.core.client.ClientMessage;
import org.apache.activemq.artemis.api.core.client.ClientProducer;
import org.apache.activemq.artemis.api.core.client.ClientSession;
import org.apache.activemq.artemis.api.core.management.ManagementHelper;
import org.apache.activemq.artemis.api.core.management.ResourceNames;
import org.jspecify.annotations.Nullable;

/// Asks the management of the broker what no call of the core protocol tells. The gateway's account
/// needs the permissions `manage`, `send`, `consume`, `createNonDurableQueue`,
/// `deleteNonDurableQueue`, `createAddress` and `deleteAddress` on `activemq.management.#` for it.
public final class Management {

    private static final String ADDRESS = "activemq.management";
    private static final long LONGEST_WAIT_MS = Duration.ofSeconds(5).toMillis();

    private Management() {}

    /// Where the address settings of a queue say that it goes. Blocks for about eight round trips.
    public static Optional<SimpleString> deadLetterAddress(LiveLink live, SimpleString queue)
            throws ActiveMQException, BackendFailure {
        try (ClientSession session = live.openManaging()) {
            ClientMessage question = session.createMessage(false);
            ManagementHelper.putAttribute(
                    question, ResourceNames.QUEUE + queue, "deadLetterAddress");
            return ask(session, question).filter(name -> !name.isEmpty()).map(SimpleString::of);
        }
    }

    private static Optional<String> ask(ClientSession session, ClientMessage question)
            throws ActiveMQException, BackendFailure {
        var answers = SimpleString.of(ADDRESS + "." + UUID.randomUUID());
        session.createQueue(
                QueueConfiguration.of(answers)
                        .setRoutingType(RoutingType.ANYCAST)
                        .setDurable(false)
                        .setTemporary(true));
        try (ClientProducer producer = session.createProducer(ADDRESS);
                ClientConsumer consumer = session.createConsumer(answers)) {
            question.setReplyTo(answers);
            producer.send(question);
            session.commit(); // tells, as the send does not, that the account may not ask
            return result(consumer.receive(LONGEST_WAIT_MS));
        } finally {
            session.deleteQueue(answers);
        }
    }

    private static Optional<String> result(@Nullable ClientMessage answer) throws BackendFailure {
        if (answer == null) {
            throw new BackendFailure(Kind.UNAVAILABLE, "the broker's management does not answer");
        }
        try {
            Object result = ManagementHelper.getResult(answer);
            if (ManagementHelper.hasOperationSucceeded(answer)) {
                return Optional.ofNullable((String) result);
            }
            throw new IllegalStateException("management refused: " + result);
        } catch (Exception e) {
            throw new BackendFailure(
                    Kind.REFUSED, "the broker does not tell the queue's dead-letter address", e);
        }
    }
}
