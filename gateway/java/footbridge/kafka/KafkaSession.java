package footbridge.kafka;

import footbridge.backend.BackendFailure;
import footbridge.backend.BackendSession;
import footbridge.backend.Confirmation;
import footbridge.backend.Delivery;
import footbridge.backend.Message;
import footbridge.backend.SubscribeOptions;
import footbridge.backend.Subscriber;
import footbridge.backend.Subscription;
import footbridge.backend.Target;
import footbridge.backend.Target.JmsQueue;
import footbridge.backend.Target.JmsTemporaryQueue;
import footbridge.backend.Target.JmsTopic;
import footbridge.backend.Target.KafkaTopic;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// What one client connection has open at a Kafka cluster: its places in the shared readers.
/// Nothing at the cluster itself. Confined to the connection's thread.
final class KafkaSession implements BackendSession {

    private final ClusterWatch watch;
    private final Topics topics;
    private final RecordSender sender;
    private final TopicReaders readers;
    private final Set<Place> places = new LinkedHashSet<>();

    KafkaSession(ClusterWatch watch, Topics topics, RecordSender sender, TopicReaders readers) {
        this.watch = watch;
        this.topics = topics;
        this.sender = sender;
        this.readers = readers;
    }

    @Override
    public void send(Target target, Message message, Confirmation confirmation)
            throws BackendFailure, InterruptedException {
        KafkaTopic topic = kafka(target);
        watch.requireUp();
        sender.send(topic, message, confirmation);
    }

    /// The prefetch means nothing here: whoever takes part in a broadcast holds back itself.
    @Override
    public Subscription subscribe(Target target, SubscribeOptions options, Subscriber subscriber)
            throws BackendFailure, InterruptedException {
        KafkaTopic topic = kafka(target);
        watch.requireUp();
        topics.require(topic.topic(), topic.creation());
        Place place = new Place(readers.join(topic, subscriber), topic, subscriber);
        places.add(place);
        return place;
    }

    @Override
    public void close() {
        List.copyOf(places).forEach(Place::close);
    }

    private static KafkaTopic kafka(Target target) {
        return switch (target) {
            case KafkaTopic topic -> topic;
            case JmsQueue _, JmsTopic _, JmsTemporaryQueue _ ->
                    throw new IllegalStateException("not a Kafka target: " + target);
        };
    }

    /// One subscriber's place in a shared reader.
    private final class Place implements Subscription {

        private final TopicReader reader;
        private final KafkaTopic target;
        private final Subscriber subscriber;

        Place(TopicReader reader, KafkaTopic target, Subscriber subscriber) {
            this.reader = reader;
            this.target = target;
            this.subscriber = subscriber;
        }

        /// Nothing is stored for a broadcast: an accepted delivery is flow control only.
        @Override
        public void accepted(Delivery delivery) {}

        @Override
        public void close() {
            if (places.remove(this)) {
                readers.leave(reader, target, subscriber);
            }
        }
    }
}
