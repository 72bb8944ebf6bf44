package footbridge.kafka.send;

import footbridge.backend.BackendFailure;
import footbridge.backend.Confirmation;
import footbridge.backend.Message;
import footbridge.backend.Target.KafkaTopic;
import footbridge.kafka.client.Failures;
import footbridge.kafka.client.KafkaClients;
import footbridge.kafka.client.KafkaSettings;
import footbridge.kafka.client.NamedProducer;
import footbridge.kafka.client.Producers;
import footbridge.kafka.client.TopicInfo;
import footbridge.kafka.client.Topics;
import footbridge.kafka.record.Records;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;

/// Sends through the producers that all clients share. Records of one key, or of a topic with one
/// partition, keep the order in which they were handed over. Safe for use by any thread.
public final class RecordSender {

    private static final System.Logger LOG = System.getLogger(RecordSender.class.getName());

    private static final int MOST_WINDOWS = 10_000;

    private final KafkaClients clients;
    private final Topics topics;
    private final KafkaSettings settings;
    private final Map<Lane, SendWindow> windows = new ConcurrentHashMap<>();

    private record Lane(String producer, String topic) {}

    public RecordSender(KafkaClients clients, Topics topics, KafkaSettings settings) {
        this.clients = clients;
        this.topics = topics;
        this.settings = settings;
    }

    /// Hands a message over; blocks for a bounded time when the topic is missing or new to the
    /// producer, or when too much waits to be sent; and for longer while the cluster throttles the
    /// producer.
    ///
    /// @param leaving whether the client is about to go and waits no more
    public void send(
            KafkaTopic target, Message message, Confirmation confirmation, BooleanSupplier leaving)
            throws BackendFailure, InterruptedException {
        String producerName = target.use().producer().orElse(Producers.COMMON);
        requireKnown(producerName);
        ProducerRecord<byte[], byte[]> record = record(target, message, compresses(producerName));
        SendWindow.Passage passage =
                window(producerName, target.topic()).enter(message.size(), confirmation, leaving);
        boolean taken = false;
        try {
            handOver(producerName, record, new Receipt(passage, topics, target.topic()));
            taken = true;
        } finally {
            if (!taken) {
                passage.leave();
            }
        }
    }

    private void handOver(
            String producerName, ProducerRecord<byte[], byte[]> record, Receipt receipt)
            throws BackendFailure, InterruptedException {
        Producer<byte[], byte[]> producer = clients.producer(producerName);
        try {
            // What becomes of the record is told to the callback.
            var _ = producer.send(record, receipt);
        } catch (InterruptException e) {
            Thread.interrupted();
            throw interrupted(e);
        } catch (KafkaException | IllegalStateException e) {
            // An earlier failure, or somebody who met one, has ended this producer.
            clients.discard(producerName, producer);
            throw Failures.ofSend(e, false);
        }
    }

    private SendWindow window(String producer, String topic) {
        Lane lane = new Lane(producer, topic);
        SendWindow present = windows.get(lane);
        if (present != null) {
            return present;
        }
        if (windows.size() >= MOST_WINDOWS) {
            windows.clear(); // whoever is in one leaves it by itself
        }
        return windows.computeIfAbsent(
                lane,
                _ ->
                        new SendWindow(
                                new Throttle(() -> metrics(producer)), settings.times().send()));
    }

    private Iterable<? extends Metric> metrics(String producer) {
        try {
            return clients.producer(producer).metrics().values();
        } catch (BackendFailure e) {
            LOG.log(Level.DEBUG, "no producer to ask", e);
            return List.of();
        }
    }

    /// The record of a message, for a topic that exists and takes it.
    ProducerRecord<byte[], byte[]> record(KafkaTopic target, Message message)
            throws BackendFailure, InterruptedException {
        return record(target, message, settings.compresses());
    }

    private ProducerRecord<byte[], byte[]> record(
            KafkaTopic target, Message message, boolean compressed)
            throws BackendFailure, InterruptedException {
        TopicInfo topic = topics.require(target.topic(), target.creation());
        ProducerRecord<byte[], byte[]> record = Records.toRecord(target, message);
        if (record.partition() != null && record.partition() >= topic.partitions()) {
            throw Failures.noSuchPartition();
        }
        requireFits(record, topic, compressed);
        return record;
    }

    /// The start of the gateway sees to that; rules may have changed since.
    private void requireKnown(String producer) throws BackendFailure {
        if (!producer.equals(Producers.COMMON) && !settings.producers().containsKey(producer)) {
            throw new BackendFailure(
                    BackendFailure.Kind.REFUSED,
                    "The rule of this destination names a producer that the gateway does not have.");
        }
    }

    private boolean compresses(String producer) {
        NamedProducer named = settings.producers().get(producer);
        return named == null ? settings.compresses() : named.compresses();
    }

    /// Refuses here what the broker would refuse. Left to the producer, a record that is too large
    /// can share its batch with a small one; the producer then splits and sends that batch in vain
    /// until the time is up, and every later record of the partition, whosever it is, fails with it
    /// (seen with 4.4.0). What is compressed may become small enough, so that is the broker's.
    private static void requireFits(
            ProducerRecord<byte[], byte[]> record, TopicInfo topic, boolean compressed)
            throws BackendFailure {
        if (!compressed && Records.mostOctets(record) > topic.largestBatch()) {
            throw Failures.tooLarge();
        }
    }

    private static InterruptedException interrupted(InterruptException cause) {
        InterruptedException interrupted = new InterruptedException("interrupted in a send");
        interrupted.initCause(cause);
        return interrupted;
    }

    /// Passes the producer's verdict on. A verdict on the sender's own thread means that the record
    /// was not even taken.
    private record Receipt(Confirmation confirmation, Topics topics, String topic, Thread sender)
            implements Callback {

        Receipt(Confirmation confirmation, Topics topics, String topic) {
            this(confirmation, topics, topic, Thread.currentThread());
        }

        @Override
        public void onCompletion(@Nullable RecordMetadata stored, @Nullable Exception failure) {
            if (failure == null) {
                confirmation.confirmed(place(Objects.requireNonNull(stored)));
                return;
            }
            boolean handedOver = !Thread.currentThread().equals(sender);
            BackendFailure why = Failures.ofSend(failure, handedOver);
            if (why.kind() == BackendFailure.Kind.NO_SUCH_TARGET) {
                topics.forget(topic);
            }
            confirmation.failed(why);
        }

        private static Map<String, String> place(RecordMetadata stored) {
            return Map.of(
                    Records.PARTITION,
                    Integer.toString(stored.partition()),
                    Records.OFFSET,
                    Long.toString(stored.offset()));
        }
    }
}
