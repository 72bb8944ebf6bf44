package footbridge.kafka.group;

import footbridge.backend.BackendFailure;
import footbridge.backend.KafkaReading;
import footbridge.backend.KafkaUse.Sharing.ConsumerGroup;
import footbridge.backend.StartAt;
import footbridge.backend.SubscribeOptions;
import footbridge.backend.Subscriber;
import footbridge.backend.Target.KafkaTopic;
import footbridge.kafka.client.Failures;
import footbridge.kafka.client.KafkaClients;
import footbridge.kafka.client.KafkaSettings;
import footbridge.kafka.client.TopicCheck;
import footbridge.kafka.client.TopicInfo;
import footbridge.kafka.client.TopicQuestions;
import footbridge.kafka.client.Topics;
import footbridge.kafka.send.Transactions;

/// Makes members of consumer groups. Safe for use by any thread.
public final class ConsumerGroups {

    private final KafkaClients clients;
    private final Topics topics;
    private final TopicQuestions questions;
    private final Transactions transactions;
    private final KafkaSettings settings;

    public ConsumerGroups(
            KafkaClients clients,
            Topics topics,
            TopicQuestions questions,
            Transactions transactions,
            KafkaSettings settings) {
        this.clients = clients;
        this.topics = topics;
        this.questions = questions;
        this.transactions = transactions;
        this.settings = settings;
    }

    /// A member that has not joined yet.
    ///
    /// @param seen the topic as it is now
    /// @throws BackendFailure if the rule has dead letters and the cluster no topic for them
    public Member member(
            KafkaTopic target,
            ConsumerGroup sharing,
            TopicInfo seen,
            SubscribeOptions options,
            Subscriber subscriber)
            throws BackendFailure, InterruptedException {
        requireDeadLetters(target, options.kafka());
        var consumer =
                new GroupConsumer(
                        clients.newGroupConsumer(sharing.group(), options.prefetch()),
                        options.kafka().from().equals(StartAt.EARLIEST),
                        seen.partitions(),
                        settings.times().answer());
        var deadLetters =
                new DeadLetters(
                        sharing.group(),
                        options.kafka().deadLetter(),
                        (letters, settled) -> transactions.run(letters, settled::addTo));
        return new GroupMember(
                consumer,
                new TopicCheck(target.topic(), seen, questions, settings.times().topicRefresh()),
                deadLetters,
                options,
                subscriber);
    }

    private void requireDeadLetters(KafkaTopic target, KafkaReading reading)
            throws BackendFailure, InterruptedException {
        if (reading.deadLetter().isPresent()) {
            topics.require(reading.deadLetter().get(), target.creation());
        } else if (reading.deadLettersOnNack()) {
            throw Failures.noDeadLetters();
        }
    }
}
