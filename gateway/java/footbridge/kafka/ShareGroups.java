package footbridge.kafka;

import footbridge.backend.BackendFailure;
import footbridge.backend.KafkaUse.Sharing.ShareGroup;
import footbridge.backend.SubscribeOptions;
import footbridge.backend.Subscriber;
import footbridge.backend.Target.KafkaTopic;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ShareConsumer;

/// The members of share groups on this node. Each costs some 220 kB here and at the broker, two
/// threads and eight sockets (measured), so there may be only so many. Safe for use by any thread.
final class ShareGroups {

    /// A group is asked to take a member in with the heart-beat of its consumer, every five seconds
    /// by default.
    private static final Duration LONGEST_JOIN = Duration.ofSeconds(60);

    private final KafkaClients clients;
    private final TopicQuestions questions;
    private final ShareGroupSettings groups;
    private final KafkaSettings settings;
    private final AtomicInteger members = new AtomicInteger();

    ShareGroups(KafkaClients clients, TopicQuestions questions, KafkaSettings settings) {
        this.clients = clients;
        this.questions = questions;
        this.groups = new ShareGroupSettings(clients, settings.times().answer());
        this.settings = settings;
    }

    /// Adds a member and returns when it is in place: a second or so, up to the heart-beat of the
    /// group when that is new.
    ///
    /// @param seen the topic as it is now
    Member join(
            KafkaTopic target,
            ShareGroup sharing,
            TopicInfo seen,
            SubscribeOptions options,
            Subscriber subscriber)
            throws BackendFailure, InterruptedException {
        groups.prepare(sharing.group(), options.kafka());
        if (members.incrementAndGet() > settings.limits().members()) {
            members.decrementAndGet();
            throw Failures.tooManyMembers("This node has as many members of groups as it may.");
        }
        Member member = member(target, sharing, seen, options, subscriber);
        member.start(members::decrementAndGet);
        member.awaitReady(LONGEST_JOIN);
        return member;
    }

    private Member member(
            KafkaTopic target,
            ShareGroup sharing,
            TopicInfo seen,
            SubscribeOptions options,
            Subscriber subscriber)
            throws BackendFailure {
        try {
            ShareConsumer<byte[], byte[]> consumer =
                    clients.newShareConsumer(sharing.group(), options.prefetch());
            return new ShareMember(
                    consumer,
                    new TopicCheck(
                            target.topic(), seen, questions, settings.times().topicRefresh()),
                    options,
                    subscriber,
                    settings.times().answer());
        } catch (BackendFailure e) {
            members.decrementAndGet();
            throw e;
        }
    }
}
