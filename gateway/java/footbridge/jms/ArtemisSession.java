package footbridge.jms;

import footbridge.backend.Acknowledgement;
import footbridge.backend.BackendFailure;
import footbridge.backend.BackendFailure.Kind;
import footbridge.backend.BackendSession;
import footbridge.backend.Confirmation;
import footbridge.backend.Message;
import footbridge.backend.Selection;
import footbridge.backend.Selection.Durable;
import footbridge.backend.Settlement;
import footbridge.backend.SubscribeOptions;
import footbridge.backend.Subscriber;
import footbridge.backend.Subscription;
import footbridge.backend.Target;
import footbridge.backend.Target.JmsQueue;
import footbridge.backend.Target.JmsTemporaryQueue;
import footbridge.backend.Target.JmsTopic;
import footbridge.backend.TransactedSend;
import footbridge.jms.link.Address;
import footbridge.jms.link.ArtemisSettings;
import footbridge.jms.link.CoreSlot;
import footbridge.jms.link.Directory;
import footbridge.jms.link.Failures;
import footbridge.jms.link.Link;
import footbridge.jms.link.LiveLink;
import footbridge.jms.message.OutgoingMessage;
import footbridge.jms.reading.Browsing;
import footbridge.jms.reading.ConsumerOpening;
import footbridge.jms.reading.DurableQueue;
import footbridge.jms.reading.Filter;
import footbridge.jms.reading.HeldDelivery;
import footbridge.jms.reading.Origin;
import footbridge.jms.reading.QueueSubscription;
import footbridge.jms.reading.TopicReaders;
import footbridge.jms.reading.TopicSelection;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.ActiveMQInterruptedException;
import org.apache.activemq.artemis.api.core.client.ClientMessage;
import org.apache.activemq.artemis.core.persistence.CoreMessageObjectPools;

/// What one client has open at the broker: a core session for its consumers and transactions,
/// another for its sends, a third to roll back with, and its part in the topic readers of the node.
///
/// Confined to the connection's thread.
final class ArtemisSession implements BackendSession, QueueSubscription.Owner {

    private static final Logger LOG = System.getLogger(ArtemisSession.class.getName());

    private final Link link;
    private final ArtemisSettings settings;
    private final Origin client;
    private final Directory directory;
    private final TopicReaders topics;
    private final TemporaryQueues temporaries;
    private final RoomWait room = new RoomWait();
    private final Sender sender;
    private final CoreSlot consumers = new CoreSlot(LiveLink::openReading);
    private final CoreTransactions transactions = new CoreTransactions(consumers);
    private final Settling settling;
    private final Set<QueueSubscription> queueSubscriptions = new HashSet<>();
    private final Set<Subscription> otherSubscriptions = new HashSet<>();

    /// What the sessions of a node share.
    record Shared(Directory directory, DeadLetters deadLetters, TopicReaders topics) {

        /// For a client that is known by its own account.
        Shared forClient() {
            return new Shared(Directory.ofClient(), deadLetters, topics);
        }
    }

    ArtemisSession(Link link, ArtemisSettings settings, Origin client, Shared node) {
        this.link = link;
        this.settings = settings;
        this.client = client;
        directory = node.directory();
        topics = node.topics();
        temporaries = new TemporaryQueues(directory);
        sender = new Sender(client, room);
        settling = new Settling(transactions, node.deadLetters(), room);
    }

    /// As promised by [BackendSession#send]; moreover, an address that is full and whose policy is
    /// BLOCK blocks the caller, and only the caller, until there is room.
    @Override
    public void send(Target target, Message message, Confirmation confirmation)
            throws BackendFailure, InterruptedException {
        try {
            LiveLink live = live();
            Address address = temporaries.addressOf(live, target);
            sender.send(live, address, message, temporaries.replyTo(live, message), confirmation);
        } catch (ActiveMQInterruptedException e) {
            throw interrupted(e);
        }
    }

    @Override
    public Subscription subscribe(Target target, SubscribeOptions options, Subscriber subscriber)
            throws BackendFailure, InterruptedException {
        try {
            return switch (target) {
                case JmsQueue queue when options.selection().browse() ->
                        browse(queue, options, subscriber);
                case JmsQueue queue -> own(onQueue(queue, options), options, subscriber);
                case JmsTopic topic when hasOwnQueue(options) ->
                        own(onTopic(topic, options), options, subscriber);
                case JmsTopic topic -> shared(topic, options.selection(), subscriber);
                case JmsTemporaryQueue(var _, var name, var own) when own ->
                        own(onTemporaryQueue(name), options, subscriber);
                case JmsTemporaryQueue _ ->
                        throw new BackendFailure(
                                Kind.UNSUPPORTED, "a temporary queue is read by its owner only");
                case Target.KafkaTopic _ ->
                        throw new BackendFailure(Kind.UNSUPPORTED, "this is no Kafka cluster");
            };
        } catch (ActiveMQInterruptedException e) {
            throw interrupted(e);
        }
    }

    private ConsumerOpening onTemporaryQueue(String name) throws BackendFailure {
        TemporaryQueues.Made made = temporaries.own(live(), name);
        return new ConsumerOpening.OnTemporaryQueue(made.live(), made.queue(), consumers);
    }

    /// Acknowledgements alone that nobody waits for go one way, about a microsecond each. All else
    /// takes some round trips: one transaction for what the broker forgets or buries, and one that
    /// is rolled back for what it delivers again.
    @Override
    public void settle(List<Settlement> settlements, Optional<Confirmation> confirmation)
            throws BackendFailure, InterruptedException {
        try {
            LiveLink live = link.live().orElseThrow(Failures::heldMessagesLost);
            SettlementPlan plan = settling.plan(live, settlements);
            if (confirmation.isPresent()) {
                settling.commit(live, List.of(), plan.forgotten(), plan.deadLetters());
                redeliver(live, plan, confirmation.get());
            } else {
                settling.commit(live, List.of(), List.of(), plan.deadLetters());
                settling.acknowledge(plan.forgotten());
                settling.redeliver(live, plan.redelivered());
            }
        } catch (ActiveMQInterruptedException e) {
            throw interrupted(e);
        }
    }

    /// Half of what was to be confirmed may be done: that is told, where a throw would deny it.
    private void redeliver(LiveLink live, SettlementPlan plan, Confirmation confirmation)
            throws BackendFailure {
        try {
            settling.redeliver(live, plan.redelivered());
        } catch (BackendFailure e) {
            if (plan.onlyRedelivers()) {
                throw e;
            }
            confirmation.failed(e);
            return;
        }
        confirmation.confirmed();
    }

    @Override
    public void commit(List<TransactedSend> sends, List<Settlement> settlements)
            throws BackendFailure, InterruptedException {
        try {
            LiveLink live =
                    link.live().orElseThrow(() -> Failures.nothingDone(Failures.unavailable()));
            sender.awaitAnswers(settings.callTimeout());
            SettlementPlan plan = settling.plan(live, settlements);
            settling.commit(live, posts(live, sends), plan.forgotten(), plan.deadLetters());
            settling.redeliverIfPossible(live, plan.redelivered());
        } catch (ActiveMQInterruptedException e) {
            throw interrupted(e);
        }
    }

    /// Asks for each address, because the broker drops a message to a missing one and commits the
    /// rest (A3).
    private List<Settling.Post> posts(LiveLink live, List<TransactedSend> sends)
            throws BackendFailure {
        if (sends.isEmpty()) {
            return List.of();
        }
        var _ = transactions.prepare(live);
        var repeated = new CoreMessageObjectPools();
        List<Settling.Post> posts = new ArrayList<>(sends.size());
        try {
            for (TransactedSend send : sends) {
                posts.add(post(live, send, repeated));
            }
        } catch (BackendFailure e) {
            throw Failures.nothingDone(e);
        }
        return posts;
    }

    private Settling.Post post(LiveLink live, TransactedSend send, CoreMessageObjectPools repeated)
            throws BackendFailure {
        Address address = temporaries.addressOf(live, send.target());
        ClientMessage message =
                OutgoingMessage.of(
                        send.message(),
                        address.routing(),
                        temporaries.replyTo(live, send.message()),
                        repeated);
        client.stamp(message);
        return new Settling.Post(address.name(), message);
    }

    @Override
    public void giveUpWaiting() {
        room.giveUp();
    }

    /// The readers go on until all is counted: one that stops closes its consumer, and what that
    /// holds goes back uncounted.
    @Override
    public void abandon() {
        try {
            link.live().ifPresent(this::countFailedAttempts);
        } catch (ActiveMQInterruptedException _) {
            Thread.currentThread().interrupt();
        }
        close();
    }

    /// The broker stops first: it would deliver the messages to the same consumers again, and they
    /// would lose their order when those close.
    private void countFailedAttempts(LiveLink live) {
        List<HeldDelivery> unsettled =
                queueSubscriptions.stream().flatMap(each -> each.unsettled(live).stream()).toList();
        if (unsettled.isEmpty()) {
            return;
        }
        try {
            consumers.stop(live);
        } catch (ActiveMQException e) {
            LOG.log(Level.DEBUG, "deliveries not stopped reason={0}", e.getMessage());
        }
        settling.redeliverIfPossible(live, unsettled);
    }

    @Override
    public void close() {
        queueSubscriptions.forEach(QueueSubscription::closeWithSession);
        queueSubscriptions.clear();
        List.copyOf(otherSubscriptions).forEach(Subscription::close);
        consumers.close();
        transactions.close();
        sender.close();
        temporaries.close();
        link.release();
    }

    @Override
    public void closed(QueueSubscription subscription) {
        queueSubscriptions.remove(subscription);
    }

    @Override
    public void unreadable(HeldDelivery held) {
        settling.setAside(held);
    }

    private static boolean hasOwnQueue(SubscribeOptions options) {
        return options.acknowledgement() == Acknowledgement.BY_CLIENT
                || options.selection().durable().isPresent();
    }

    private ConsumerOpening onQueue(JmsQueue queue, SubscribeOptions options)
            throws BackendFailure {
        Filter filter = Filter.bySelector(options.selection());
        return new ConsumerOpening.OnQueue(queue, filter, directory, consumers);
    }

    private ConsumerOpening onTopic(JmsTopic topic, SubscribeOptions options)
            throws BackendFailure {
        Filter filter = Filter.of(options.selection(), client);
        Optional<Durable> durable = options.selection().durable();
        return durable.isPresent()
                ? new ConsumerOpening.OnDurable(topic, durable.get(), filter, directory, consumers)
                : new ConsumerOpening.OnTopic(topic, filter, directory, consumers);
    }

    private Subscription browse(JmsQueue queue, SubscribeOptions options, Subscriber subscriber)
            throws BackendFailure {
        LiveLink live = live();
        directory.queue(live, queue);
        var browsing =
                new Browsing(
                        live,
                        link.largestBody(),
                        subscriber,
                        options.prefetch(),
                        otherSubscriptions::remove);
        browsing.start(queue.queue(), Filter.bySelector(options.selection()));
        otherSubscriptions.add(browsing);
        return browsing;
    }

    @Override
    public void delete(Durable durable) throws BackendFailure {
        DurableQueue.of(durable).forget(live());
    }

    private Subscription own(
            ConsumerOpening opening, SubscribeOptions options, Subscriber subscriber)
            throws BackendFailure {
        var subscription =
                new QueueSubscription(
                        link, settings.reconnectDelay(), opening, options, subscriber, this);
        subscription.start();
        queueSubscriptions.add(subscription);
        return subscription;
    }

    private Subscription shared(JmsTopic target, Selection selection, Subscriber subscriber)
            throws BackendFailure {
        directory.topic(live(), target);
        Subscription subscription =
                topics.subscribe(
                        link.account(),
                        new TopicSelection(target, Filter.bySelector(selection)),
                        selection.noLocal() ? Optional.of(client) : Optional.empty(),
                        subscriber,
                        otherSubscriptions::remove);
        otherSubscriptions.add(subscription);
        return subscription;
    }

    private LiveLink live() throws BackendFailure {
        return link.live().orElseThrow(Failures::unavailable);
    }

    /// The client library has its own unchecked exception for an interrupt.
    private static InterruptedException interrupted(ActiveMQInterruptedException cause) {
        var interrupted = new InterruptedException("in a call to the broker");
        interrupted.initCause(cause);
        return interrupted;
    }
}
