package footbridge.jms.reading;

import footbridge.backend.BackendFailure;
import footbridge.backend.BackendFailure.Kind;
import footbridge.backend.Selection.Durable;
import footbridge.jms.link.Failures;
import footbridge.jms.link.LiveLink;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.ActiveMQQueueExistsException;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.client.ClientSession;
import org.apache.activemq.artemis.api.core.client.ClientSession.QueueQuery;
import org.apache.activemq.artemis.jms.client.ActiveMQDestination;

/// The queue at the broker that keeps a topic's messages for a durable subscription. It is named
/// and made as Artemis' JMS clients do it, so the same subscription is theirs too.
///
/// @param name `CLIENT-ID.SUBSCRIPTION`, dots within these escaped
public record DurableQueue(SimpleString name) {

    public static DurableQueue of(Durable durable) {
        return new DurableQueue(
                ActiveMQDestination.createQueueNameForSubscription(
                        true, durable.client(), durable.name()));
    }

    /// Makes sure that the queue is there and is for these messages. One that is for others is
    /// replaced, and what it holds is gone: so JMS has it (Session.createDurableSubscriber). Blocks
    /// for a round trip or a few.
    ///
    /// @throws BackendFailure if a client uses it now
    void prepare(ClientSession control, String topic, Filter filter)
            throws ActiveMQException, BackendFailure {
        QueueQuery found = control.queueQuery(name);
        if (found.isExists()) {
            checkFree(found);
            if (isFor(found, topic, filter)) {
                return;
            }
            control.deleteQueue(name);
        }
        create(control, topic, filter);
    }

    /// Deletes the queue with what it holds; does nothing if there is none. Blocks for a round trip
    /// or two.
    ///
    /// @throws BackendFailure if a client uses it now
    public void forget(LiveLink live) throws BackendFailure {
        try {
            live.ask(control -> {
                QueueQuery found = control.queueQuery(name);
                if (found.isExists()) {
                    checkFree(found);
                    control.deleteQueue(name);
                }
                return found;
            });
        } catch (ActiveMQException e) {
            throw Failures.ofCall(live, e);
        }
    }

    private static void checkFree(QueueQuery found) throws BackendFailure {
        if (found.getRoutingType() != RoutingType.MULTICAST || !found.isDurable()) {
            throw new BackendFailure(
                    Kind.REFUSED, "what has the name of this subscription at the broker is none");
        }
        if (found.getConsumerCount() > 0) {
            throw Failures.durableInUse();
        }
    }

    private static boolean isFor(QueueQuery found, String topic, Filter filter) {
        SimpleString present = found.getFilterString();
        return found.getAddress().equals(SimpleString.of(topic))
                && filter.text().equals(present == null ? Filter.NONE.text() : present);
    }

    /// One consumer at most: two that come at once do not both get in.
    private void create(ClientSession control, String topic, Filter filter)
            throws ActiveMQException {
        QueueConfiguration configuration =
                QueueConfiguration.of(name)
                        .setAddress(topic)
                        .setRoutingType(RoutingType.MULTICAST)
                        .setDurable(true)
                        .setMaxConsumers(1)
                        .setPurgeOnNoConsumers(false)
                        .setAutoCreateAddress(false);
        try {
            control.createQueue(filter.on(configuration));
        } catch (ActiveMQQueueExistsException _) {
            // Another client of the same subscription was faster; one of the two gets in.
        }
    }
}
