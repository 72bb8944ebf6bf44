package footbridge.portable;

import footbridge.backend.Acknowledgement;
import footbridge.backend.BackendFailure;
import footbridge.backend.BackendSession;
import footbridge.backend.Confirmation;
import footbridge.backend.Message;
import footbridge.backend.Settlement;
import footbridge.backend.Settlement.Outcome;
import footbridge.backend.SubscribeOptions;
import footbridge.backend.Subscriber;
import footbridge.backend.Subscription;
import footbridge.backend.Target;
import footbridge.backend.Target.JmsQueue;
import footbridge.backend.Target.JmsTopic;
import footbridge.backend.TransactedSend;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What one client has open at the broker: a session for its sends, the sessions of its
/// subscriptions, and its part in the topic consumers of the node. Confined to the connection's
/// thread.
final class PortableSession implements BackendSession {

    private static final int MOST_IN_BATCH = 100;

    private final Link link;
    private final int lanes;
    private final PullCheck pull;
    private final SharedTopics topics;
    private final Sender sender = new Sender();
    private final Set<Subscription> subscriptions = new HashSet<>();

    /// @param lanes most messages that a subscription holds which its client settles
    PortableSession(Link link, int lanes, PullCheck pull, SharedTopics topics) {
        this.link = link;
        this.lanes = lanes;
        this.pull = pull;
        this.topics = topics;
    }

    /// As promised by [BackendSession#send], but the answer is waited for.
    @Override
    public void send(Target target, Message message, Confirmation confirmation)
            throws BackendFailure {
        sender.send(live(), target, message);
        confirmation.confirmed();
    }

    @Override
    public Subscription subscribe(Target target, SubscribeOptions options, Subscriber subscriber)
            throws BackendFailure {
        boolean byClient = options.acknowledgement() == Acknowledgement.BY_CLIENT;
        Wanted wanted = Wanted.of(target, options.selection());
        Subscription subscription =
                switch (target) {
                    case JmsQueue _ when byClient -> inLanes(wanted, options, subscriber);
                    case JmsTopic _ when byClient -> settling(wanted, 1, subscriber);
                    case JmsQueue _ -> automatic(wanted, options, subscriber);
                    case JmsTopic _ -> {
                        live();
                        yield topics.subscribe(wanted, subscriber, subscriptions::remove);
                    }
                    case Target.JmsTemporaryQueue _ ->
                            throw Failures.unsupported(
                                    "this broker's temporary queues cannot be used");
                    case Target.KafkaTopic _ ->
                            throw Failures.unsupported("this is no Kafka cluster");
                };
        subscriptions.add(subscription);
        return subscription;
    }

    private Subscription inLanes(Wanted wanted, SubscribeOptions options, Subscriber subscriber)
            throws BackendFailure {
        pull.require(live());
        return settling(wanted, Math.min(lanes, options.prefetch()), subscriber);
    }

    private Subscription settling(Wanted wanted, int count, Subscriber subscriber)
            throws BackendFailure {
        var subscription =
                new LaneSubscription(link, wanted, count, subscriber, subscriptions::remove);
        subscription.start();
        return subscription;
    }

    private Subscription automatic(Wanted wanted, SubscribeOptions options, Subscriber subscriber)
            throws BackendFailure {
        var subscription =
                new AutoSubscription(
                        link,
                        wanted,
                        Math.min(MOST_IN_BATCH, options.prefetch()),
                        subscriber,
                        subscriptions::remove);
        subscription.start();
        return subscription;
    }

    /// One after another, in their order; each is a step of its own at the broker.
    @Override
    public void settle(List<Settlement> settlements, Optional<Confirmation> confirmation)
            throws BackendFailure {
        refuseDeadLetters(settlements);
        int done = 0;
        try {
            for (Settlement settlement : settlements) {
                settle(settlement);
                done++;
            }
        } catch (BackendFailure e) {
            if (done == 0 || confirmation.isEmpty()) {
                throw e;
            }
            confirmation.get().failed(e);
            return;
        }
        confirmation.ifPresent(Confirmation::confirmed);
    }

    private static void settle(Settlement settlement) throws BackendFailure {
        Held held = held(settlement);
        if (settlement.outcome() == Outcome.REDELIVER) {
            held.giveBack();
        } else {
            held.acknowledge();
        }
    }

    private static void refuseDeadLetters(List<Settlement> settlements) throws BackendFailure {
        if (settlements.stream().anyMatch(each -> each.outcome() == Outcome.DEAD_LETTER)) {
            throw Failures.unsupported(
                    "this broker buries a message by its own policy only; nothing was done");
        }
    }

    private static Held held(Settlement settlement) throws BackendFailure {
        if (settlement.subscription() instanceof LaneSubscription subscription) {
            return subscription.take(settlement.delivery());
        }
        throw new IllegalArgumentException("its client does not settle this subscription");
    }

    @Override
    public void commit(List<TransactedSend> sends, List<Settlement> settlements)
            throws BackendFailure {
        if (settlements.size() > 1
                || settlements.stream().anyMatch(each -> !isAcknowledgement(each))) {
            throw Failures.unsupported(
                    "a transaction of this broker can have one ACK and no NACK; nothing was done");
        }
        if (settlements.isEmpty()) {
            sender.commit(live(), sends);
        } else {
            held(settlements.getFirst()).acknowledgeWith(sends);
        }
    }

    private static boolean isAcknowledgement(Settlement settlement) {
        return settlement.outcome() == Outcome.ACKNOWLEDGED;
    }

    /// Also counts as failed what the client does not hold at all but was read for it: a session
    /// that closes cannot tell.
    @Override
    public void close() {
        List.copyOf(subscriptions).forEach(Subscription::close);
        sender.close();
    }

    private LiveLink live() throws BackendFailure {
        return link.live().orElseThrow(Failures::unavailable);
    }
}
