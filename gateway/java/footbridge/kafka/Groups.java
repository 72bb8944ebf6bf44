package footbridge.kafka;

import footbridge.backend.BackendFailure;
import footbridge.backend.KafkaUse.Sharing.Broadcast;
import footbridge.backend.KafkaUse.Sharing.ConsumerGroup;
import footbridge.backend.KafkaUse.Sharing.ShareGroup;
import footbridge.backend.SubscribeOptions;
import footbridge.backend.Subscriber;
import footbridge.backend.Target.KafkaTopic;
import footbridge.kafka.client.Failures;
import footbridge.kafka.client.TopicInfo;
import footbridge.kafka.group.ConsumerGroups;
import footbridge.kafka.group.Member;
import footbridge.kafka.share.ShareGroups;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/// The members of groups on this node. Each costs some 220 kB here and at the broker, two threads
/// and eight sockets (measured), so there may be only so many. Safe for use by any thread.
final class Groups {

    /// A group is asked to take a member in with the heart-beat of its consumer, every five seconds
    /// by default.
    private static final Duration LONGEST_JOIN = Duration.ofSeconds(60);

    private final ShareGroups shareGroups;
    private final ConsumerGroups consumerGroups;
    private final int most;
    private final AtomicInteger members = new AtomicInteger();

    /// @param most how many members the node may have
    Groups(ShareGroups shareGroups, ConsumerGroups consumerGroups, int most) {
        this.shareGroups = shareGroups;
        this.consumerGroups = consumerGroups;
        this.most = most;
    }

    /// Adds a member and returns when it is in place: a second or so, up to the heart-beat of the
    /// group when that is new.
    ///
    /// @param seen the topic as it is now
    Member join(KafkaTopic target, TopicInfo seen, SubscribeOptions options, Subscriber subscriber)
            throws BackendFailure, InterruptedException {
        if (members.incrementAndGet() > most) {
            members.decrementAndGet();
            throw Failures.tooManyMembers("This node has as many members of groups as it may.");
        }
        Member member = counted(target, seen, options, subscriber);
        member.start(members::decrementAndGet);
        member.awaitReady(LONGEST_JOIN);
        return member;
    }

    private Member counted(
            KafkaTopic target, TopicInfo seen, SubscribeOptions options, Subscriber subscriber)
            throws BackendFailure, InterruptedException {
        boolean made = false;
        try {
            Member member = member(target, seen, options, subscriber);
            made = true;
            return member;
        } finally {
            if (!made) {
                members.decrementAndGet();
            }
        }
    }

    private Member member(
            KafkaTopic target, TopicInfo seen, SubscribeOptions options, Subscriber subscriber)
            throws BackendFailure, InterruptedException {
        return switch (target.use().sharing()) {
            case ShareGroup share -> shareGroups.member(target, share, seen, options, subscriber);
            case ConsumerGroup group ->
                    consumerGroups.member(target, group, seen, options, subscriber);
            case Broadcast _ -> throw new IllegalStateException("no group: " + target);
        };
    }
}
