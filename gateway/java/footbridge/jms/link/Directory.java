package footbridge.jms.link;

import footbridge.backend.BackendFailure;
import footbridge.backend.BackendFailure.Kind;
import footbridge.backend.Target;
import footbridge.backend.Target.Creation;
import footbridge.backend.Target.JmsQueue;
import footbridge.backend.Target.JmsTemporaryQueue;
import footbridge.backend.Target.JmsTopic;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.activemq.artemis.api.core.ActiveMQAddressExistsException;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.ActiveMQQueueExistsException;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.client.ClientSession;
import org.apache.activemq.artemis.api.core.client.ClientSession.AddressQuery;
import org.apache.activemq.artemis.api.core.client.ClientSession.QueueQuery;
import org.apache.activemq.artemis.utils.CompositeAddress;

/// Knows which queues and topics exist, and makes those that a rule wants made. The broker would
/// confirm a message to a missing address and drop it without a word, if the message did not say
/// whether it is for a queue or a topic; so it is refused also when a queue is deleted within the
/// second for which it is remembered here.
///
/// What is missing is asked for each time. Safe for use by any thread; a question takes a round
/// trip.
public final class Directory {

    private static final long REMEMBERED_NANOS = Duration.ofSeconds(1).toNanos();

    /// Past this many names all are forgotten: cheaper than to keep an order, and rare.
    public static final int MOST_NAMES = 10_000;

    /// The same for what one client has asked by its own account.
    private static final int MOST_OF_CLIENT = 100;

    private final int mostNames;
    private final Map<Name, Known> known = new ConcurrentHashMap<>();

    /// @param mostNames past which all are forgotten
    private Directory(int mostNames) {
        this.mostNames = mostNames;
    }

    /// For all who ask by the gateway's own account.
    public Directory() {
        this(MOST_NAMES);
    }

    /// For one client, of whom the broker may think otherwise than of others.
    public static Directory ofClient() {
        return new Directory(MOST_OF_CLIENT);
    }

    private record Name(String text, RoutingType routing) {}

    /// @param until by [System#nanoTime]
    private record Known(LiveLink link, Address address, long until) {}

    /// Where to send a message for a queue.
    public Address queue(LiveLink live, JmsQueue target) throws BackendFailure {
        return known(live, new Name(target.queue(), RoutingType.ANYCAST), target.creation());
    }

    /// Where to send a message for a topic.
    public Address topic(LiveLink live, JmsTopic target) throws BackendFailure {
        return known(live, new Name(target.topic(), RoutingType.MULTICAST), target.creation());
    }

    /// Where to send a message.
    ///
    /// @throws BackendFailure also where the target is none of a JMS broker
    public Address of(LiveLink live, Target target) throws BackendFailure {
        return switch (target) {
            case JmsQueue queue -> queue(live, queue);
            case JmsTopic topic -> topic(live, topic);
            case JmsTemporaryQueue waiting -> temporary(live, waiting.name());
            case Target.KafkaTopic _ ->
                    throw new BackendFailure(Kind.UNSUPPORTED, "this is no Kafka cluster");
        };
    }

    /// The queue of somebody who waits there for an answer. Whoever sent the question named it, so
    /// it must be a temporary one: others are reached by rules only. Not remembered: most get one
    /// message.
    private static Address temporary(LiveLink live, String name) throws BackendFailure {
        if (belongsToTheBroker(name)) {
            throw Failures.nobodyWaits();
        }
        var text = SimpleString.of(name);
        try {
            QueueQuery found = live.ask(control -> control.queueQuery(text));
            if (found.isExists() && found.isTemporary()) {
                return new Address(text, RoutingType.ANYCAST);
            }
            throw Failures.nobodyWaits();
        } catch (ActiveMQException e) {
            throw Failures.ofCall(live, e);
        }
    }

    private Address known(LiveLink live, Name name, Creation creation) throws BackendFailure {
        Known found = known.get(name);
        if (found != null && found.link() == live && found.until() - System.nanoTime() > 0) {
            return found.address();
        }
        Address address = ask(live, name, creation);
        if (known.size() >= mostNames) {
            known.clear();
        }
        known.put(name, new Known(live, address, System.nanoTime() + REMEMBERED_NANOS));
        return address;
    }

    private static Address ask(LiveLink live, Name name, Creation creation) throws BackendFailure {
        boolean queue = name.routing() == RoutingType.ANYCAST;
        if (belongsToTheBroker(name.text())) {
            throw queue ? Failures.noSuchQueue() : Failures.noSuchTopic();
        }
        var text = SimpleString.of(name.text());
        try {
            return live.ask(control ->
                    queue ? askQueue(control, text, creation) : askTopic(control, text, creation));
        } catch (ActiveMQException e) {
            throw Failures.ofCall(live, e);
        }
    }

    /// Names that would reach more than the queue or topic they spell: `address::queue` names any
    /// queue of the broker, a message to the management address is an order to the broker, and `$`
    /// begins what it keeps for itself.
    private static boolean belongsToTheBroker(String name) {
        return name.isEmpty()
                || CompositeAddress.isFullyQualified(name)
                || name.startsWith("activemq.management")
                || name.startsWith("$");
    }

    private static Address askQueue(ClientSession control, SimpleString name, Creation creation)
            throws ActiveMQException, BackendFailure {
        QueueQuery found = control.queueQuery(name);
        if (!found.isExists()) {
            if (creation == Creation.NEVER) {
                throw Failures.noSuchQueue();
            }
            createQueue(control, name);
            return new Address(name, RoutingType.ANYCAST);
        }
        if (found.getRoutingType() != RoutingType.ANYCAST) {
            throw new BackendFailure(
                    Kind.NO_SUCH_TARGET, "this is a topic's subscription, not a queue");
        }
        boolean ownAddress = found.getAddress().equals(name);
        return new Address(
                ownAddress ? name : CompositeAddress.toFullyQualified(found.getAddress(), name),
                RoutingType.ANYCAST);
    }

    private static Address askTopic(ClientSession control, SimpleString name, Creation creation)
            throws ActiveMQException, BackendFailure {
        AddressQuery found = control.addressQuery(name);
        if (name.toString().indexOf('*') >= 0) {
            createPattern(control, name, found);
        } else if (!found.isExists() || !found.isSupportsMulticast()) {
            if (creation == Creation.NEVER) {
                throw Failures.noSuchTopic();
            }
            createTopic(control, name);
        }
        return new Address(name, RoutingType.MULTICAST);
    }

    /// A pattern is an address of its own, whether or not a topic fits it. The broker may remove it
    /// when nobody uses it.
    private static void createPattern(
            ClientSession control, SimpleString pattern, AddressQuery found)
            throws ActiveMQException {
        if (found.isExists()) {
            return;
        }
        try {
            control.createAddress(pattern, RoutingType.MULTICAST, true);
        } catch (ActiveMQAddressExistsException _) {
            // Another client was faster.
        }
    }

    private static void createQueue(ClientSession control, SimpleString name)
            throws ActiveMQException, BackendFailure {
        createAddress(control, name, RoutingType.ANYCAST);
        try {
            control.createQueue(
                    QueueConfiguration.of(name)
                            .setRoutingType(RoutingType.ANYCAST)
                            .setDurable(true));
        } catch (ActiveMQQueueExistsException _) {
            // Another client was faster.
        }
    }

    private static void createTopic(ClientSession control, SimpleString name)
            throws ActiveMQException, BackendFailure {
        createAddress(control, name, RoutingType.MULTICAST);
    }

    /// Not left to the broker, which may be told to create none by itself, and which answers with
    /// an error of its own where there is an address of the other kind.
    private static void createAddress(ClientSession control, SimpleString name, RoutingType routing)
            throws ActiveMQException, BackendFailure {
        if (isThere(control, name, routing)) {
            return;
        }
        try {
            control.createAddress(name, routing, false);
        } catch (ActiveMQAddressExistsException _) {
            // Another client was faster; as what, is the question.
            isThere(control, name, routing);
        }
    }

    private static boolean isThere(ClientSession control, SimpleString name, RoutingType routing)
            throws ActiveMQException, BackendFailure {
        AddressQuery found = control.addressQuery(name);
        boolean queue = routing == RoutingType.ANYCAST;
        if (found.isExists()
                && !(queue ? found.isSupportsAnycast() : found.isSupportsMulticast())) {
            throw new BackendFailure(
                    Kind.REFUSED,
                    queue
                            ? "a topic has the name of this queue"
                            : "a queue has the name of this topic");
        }
        return found.isExists();
    }
}
