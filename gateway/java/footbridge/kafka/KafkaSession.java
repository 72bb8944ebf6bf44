package footbridge.kafka;

import footbridge.backend.BackendFailure;
import footbridge.backend.BackendSession;
import footbridge.backend.Confirmation;
import footbridge.backend.KafkaUse.Sharing.Broadcast;
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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What one client connection has open at a Kafka cluster: its places in the shared readers, of
/// which the cluster knows nothing, and its memberships of groups. Confined to the connection's
/// thread.
final class KafkaSession implements BackendSession {

    private final ClusterWatch watch;
    private final Topics topics;
    private final RecordSender sender;
    private final Transactions transactions;
    private final ShareGroups shareGroups;
    private final Broadcasts broadcasts;
    private final List<Broadcasts.Place> places = new ArrayList<>();
    private final List<Member> members = new ArrayList<>();

    KafkaSession(
            ClusterWatch watch,
            Topics topics,
            RecordSender sender,
            Transactions transactions,
            ShareGroups shareGroups,
            Broadcasts broadcasts) {
        this.watch = watch;
        this.topics = topics;
        this.sender = sender;
        this.transactions = transactions;
        this.shareGroups = shareGroups;
        this.broadcasts = broadcasts;
    }

    @Override
    public void send(Target target, Message message, Confirmation confirmation)
            throws BackendFailure, InterruptedException {
        KafkaTopic topic = kafka(target);
        watch.requireUp();
        sender.send(topic, message, confirmation);
    }

    @Override
    public Subscription subscribe(Target target, SubscribeOptions options, Subscriber subscriber)
            throws BackendFailure, InterruptedException {
        KafkaTopic topic = kafka(target);
        watch.requireUp();
        TopicInfo seen = topics.require(topic.topic(), topic.creation());
        return switch (topic.use().sharing()) {
            case Broadcast _ -> broadcast(topic, seen, options, subscriber);
            case ShareGroup group -> {
                members.removeIf(Member::hasEnded);
                Member member = shareGroups.join(topic, group, seen, options, subscriber);
                members.add(member);
                yield member;
            }
        };
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
        Map<Member, List<Settlement>> byMember = new LinkedHashMap<>();
        for (Settlement each : settlements) {
            byMember.computeIfAbsent((Member) each.subscription(), _ -> new ArrayList<>())
                    .add(each);
        }
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
        transactions.commit(sends, _ -> {});
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
