package footbridge.kafka;

import footbridge.backend.BackendFailure;
import footbridge.backend.BackendFailure.Kind;
import footbridge.backend.BackendSession;
import footbridge.backend.Confirmation;
import footbridge.backend.KafkaUse.Sharing.Broadcast;
import footbridge.backend.KafkaUse.Sharing.ConsumerGroup;
import footbridge.backend.KafkaUse.Sharing.ShareGroup;
import footbridge.backend.Message;
import footbridge.backend.Settlement;
import footbridge.backend.SubscribeOptions;
import footbridge.backend.Subscriber;
import footbridge.backend.Subscription;
import footbridge.backend.Target;
import footbridge.backend.Target.JmsQueue;
import footbridge.backend.Target.JmsTemporaryQueue;
import footbridge.backend.Target.JmsTopic;
import footbridge.backend.Target.KafkaTopic;
import footbridge.backend.TransactedSend;
import footbridge.kafka.broadcast.Broadcasts;
import footbridge.kafka.client.ClusterWatch;
import footbridge.kafka.client.TopicInfo;
import footbridge.kafka.client.Topics;
import footbridge.kafka.group.GroupMember;
import footbridge.kafka.group.Member;
import footbridge.kafka.group.Offers;
import footbridge.kafka.send.RecordSender;
import footbridge.kafka.send.Transactions;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What one client connection has open at a Kafka cluster: its places in the shared readers, of
/// which the cluster knows nothing, and its memberships of groups. Confined to the connection's
/// thread.
final class KafkaSession implements BackendSession {

    private static final System.Logger LOG = System.getLogger(KafkaSession.class.getName());
    private static final int ATTEMPTS = 3;

    private final ClusterWatch watch;
    private final Topics topics;
    private final RecordSender sender;
    private final Transactions transactions;
    private final Groups groups;
    private final Broadcasts broadcasts;
    private final List<Broadcasts.Place> places = new ArrayList<>();
    private final List<Member> members = new ArrayList<>();
    private volatile boolean leaving;

    KafkaSession(
            ClusterWatch watch,
            Topics topics,
            RecordSender sender,
            Transactions transactions,
            Groups groups,
            Broadcasts broadcasts) {
        this.watch = watch;
        this.topics = topics;
        this.sender = sender;
        this.transactions = transactions;
        this.groups = groups;
        this.broadcasts = broadcasts;
    }

    @Override
    public void send(Target target, Message message, Confirmation confirmation)
            throws BackendFailure, InterruptedException {
        KafkaTopic topic = kafka(target);
        watch.requireUp();
        sender.send(topic, message, confirmation, () -> leaving);
    }

    @Override
    public Subscription subscribe(Target target, SubscribeOptions options, Subscriber subscriber)
            throws BackendFailure, InterruptedException {
        KafkaTopic topic = kafka(target);
        watch.requireUp();
        TopicInfo seen = topics.require(topic.topic(), topic.creation());
        return switch (topic.use().sharing()) {
            case Broadcast _ -> broadcast(topic, seen, options, subscriber);
            case ShareGroup _, ConsumerGroup _ -> member(topic, seen, options, subscriber);
        };
    }

    private Subscription member(
            KafkaTopic topic, TopicInfo seen, SubscribeOptions options, Subscriber subscriber)
            throws BackendFailure, InterruptedException {
        members.removeIf(Member::hasEnded);
        Member member = groups.join(topic, seen, options, subscriber);
        members.add(member);
        return member;
    }

    /// The prefetch means nothing here: whoever takes part in a broadcast holds back itself.
    private Subscription broadcast(
            KafkaTopic topic, TopicInfo seen, SubscribeOptions options, Subscriber subscriber)
            throws BackendFailure, InterruptedException {
        places.removeIf(Broadcasts.Place::isClosed);
        Broadcasts.Place place = broadcasts.subscribe(topic, seen, options, subscriber);
        places.add(place);
        return place;
    }

    @Override
    public void settle(List<Settlement> settlements, Optional<Confirmation> confirmation)
            throws BackendFailure {
        List<Settlement> ofMembers = new ArrayList<>(settlements.size());
        for (Settlement each : settlements) {
            if (each.subscription() instanceof Broadcasts.Place place) {
                place.settled();
            } else {
                ofMembers.add(each);
            }
        }
        if (ofMembers.isEmpty()) {
            confirmation.ifPresent(Confirmation::confirmed);
            return;
        }
        Map<Member, List<Settlement>> byMember = byMember(ofMembers, Member.class);
        Optional<Confirmation> part =
                confirmation.map(whole -> new Together(whole, byMember.size()));
        for (Map.Entry<Member, List<Settlement>> each : byMember.entrySet()) {
            each.getKey().settle(each.getValue(), part);
        }
    }

    @Override
    public void commit(List<TransactedSend> sends, List<Settlement> settlements)
            throws BackendFailure, InterruptedException {
        watch.requireUp();
        if (settlements.isEmpty()) {
            transactions.commit(sends, () -> leaving);
            return;
        }
        Map<GroupMember, List<Settlement>> acks = byMember(settlements, GroupMember.class);
        for (int attempt = 1; !committed(sends, acks, attempt); attempt++) {
            LOG.log(Level.DEBUG, "Kafka group changed amid a commit, trying again");
        }
    }

    /// @return false if it was not, because a group has changed meanwhile, and may be another time
    private boolean committed(
            List<TransactedSend> sends, Map<GroupMember, List<Settlement>> acks, int attempt)
            throws BackendFailure, InterruptedException {
        try (Offers offers = Offers.of(acks, attempt > 1)) {
            transactions.commit(sends, offers::addTo);
            offers.committed();
            return true;
        } catch (BackendFailure e) {
            if (e.kind() != Kind.PARTITION_REVOKED || attempt == ATTEMPTS) {
                throw e;
            }
            return false;
        }
    }

    private static <M extends Member> Map<M, List<Settlement>> byMember(
            List<Settlement> settlements, Class<M> type) {
        Map<M, List<Settlement>> byMember = new LinkedHashMap<>();
        for (Settlement each : settlements) {
            byMember.computeIfAbsent(type.cast(each.subscription()), _ -> new ArrayList<>())
                    .add(each);
        }
        return byMember;
    }

    @Override
    public void giveUpWaiting() {
        leaving = true;
    }

    @Override
    public void close() {
        places.forEach(Broadcasts.Place::close);
        places.clear();
        members.forEach(Member::begin);
        members.forEach(Member::close);
        members.clear();
    }

    private static KafkaTopic kafka(Target target) {
        return switch (target) {
            case KafkaTopic topic -> topic;
            case JmsQueue _, JmsTopic _, JmsTemporaryQueue _ ->
                    throw new IllegalStateException("not a Kafka target: " + target);
        };
    }
}
