package footbridge.backend;

import java.util.Optional;

/// The queue or topic behind a STOMP destination.
public sealed interface Target {

    /// The name of the broker connection in the settings.
    String backend();

    /// A JMS queue: each message goes to one consumer.
    ///
    /// @param queue the queue's name at the broker, variables filled in
    record JmsQueue(String backend, String queue, Creation creation) implements Target {}

    /// A JMS topic: each message goes to every subscriber present.
    ///
    /// @param topic the topic's name at the broker, variables filled in; with a `*` in the place of
    ///   a word it is a pattern, and stands for each topic that it fits
    record JmsTopic(String backend, String topic, Creation creation) implements Target {

        public boolean isPattern() {
            return topic.indexOf('*') >= 0;
        }
    }

    /// A queue that lives as long as the connection of whoever waits there for answers. No rule
    /// leads to one: clients meet it in `reply-to` headers.
    ///
    /// @param name of an own one the client's name for it, which is nothing to the broker; of
    ///   another's the queue's name at the broker
    /// @param own whether it is one of the [BackendSession] that is handed this target, which makes
    ///   it when it is first used and deletes it in the end
    record JmsTemporaryQueue(String backend, String name, boolean own) implements Target {}

    /// A Kafka topic.
    ///
    /// @param key what a SEND sets as the record's key and a SUBSCRIBE filters by; empty when the
    ///   rule names none: a SEND then has no key and a SUBSCRIBE gets every record
    /// @param use what else the rule says of it
    record KafkaTopic(
            String backend, String topic, Optional<String> key, Creation creation, KafkaUse use)
            implements Target {

        /// A topic of whose use the rule says nothing more.
        public KafkaTopic(String backend, String topic, Optional<String> key, Creation creation) {
            this(backend, topic, key, creation, KafkaUse.PLAIN);
        }
    }

    /// What happens when the queue or topic does not exist at the broker.
    enum Creation {
        /// The operation is refused.
        NEVER,
        /// It is created.
        AUTO
    }
}
