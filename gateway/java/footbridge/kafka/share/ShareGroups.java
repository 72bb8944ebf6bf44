package footbridge.kafka.share;

import footbridge.backend.BackendFailure;
import footbridge.backend.KafkaUse.Sharing.ShareGroup;
import footbridge.backend.SubscribeOptions;
import footbridge.backend.Subscriber;
import footbridge.backend.Target.KafkaTopic;
import footbridge.kafka.client.KafkaClients;
import footbridge.kafka.client.KafkaSettings;
import footbridge.kafka.client.TopicCheck;
import footbridge.kafka.client.TopicInfo;
import footbridge.kafka.client.TopicQuestions;
import footbridge.kafka.group.Member;
import org.apache.kafka.clients.consumer.ShareConsumer;

/// Makes members of share groups. Safe for use by any thread.
public final class ShareGroups {

    private final KafkaClients clients;
    private final TopicQuestions questions;
    private final ShareGroupSettings groups;
    private final KafkaSettings settings;

    public ShareGroups(KafkaClients clients, TopicQuestions questions, KafkaSettings settings) {
        this.clients = clients;
        this.questions = questions;
        this.groups = new ShareGroupSettings(clients, settings.times().answer());
        this.settings = settings;
    }

    /// A member that has not joined yet, of a group that is set up as its rule says.
    ///
    /// @param seen the topic as it is now
    public Member member(
            KafkaTopic target,
            ShareGroup sharing,
            TopicInfo seen,
            SubscribeOptions options,
            Subscriber subscriber)
            throws BackendFailure, InterruptedException {
        groups.prepare(sharing.group(), options.kafka());
        ShareConsumer<byte[], byte[]> consumer =
                clients.newShareConsumer(sharing.group(), options.prefetch());
        return new ShareMember(
                consumer,
                new TopicCheck(target.topic(), seen, questions, settings.times().topicRefresh()),
                options,
                subscriber,
                settings.times().answer());
    }
}
