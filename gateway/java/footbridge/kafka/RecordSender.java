package footbridge.kafka;

import footbridge.backend.BackendFailure;
import footbridge.backend.Confirmation;
import footbridge.backend.Message;
import footbridge.backend.Target.KafkaTopic;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;

/// Sends through the producer that all clients share. Records of one key, or of a topic with one
/// partition, keep the order in which they were handed over. Safe for use by any thread.
final class RecordSender {

    private final KafkaClients clients;
    private final Topics topics;
    private final boolean compresses;

    RecordSender(KafkaClients clients, Topics topics, boolean compresses) {
        this.clients = clients;
        this.topics = topics;
        this.compresses = compresses;
    }

    /// Hands a message over; blocks for a bounded time when the topic is missing or new to the
    /// producer, or when too much waits to be sent.
    void send(KafkaTopic target, Message message, Confirmation confirmation)
            throws BackendFailure, InterruptedException {
        TopicInfo topic = topics.require(target.topic(), target.creation());
        ProducerRecord<byte[], byte[]> record = Records.toRecord(target, message);
        requireFits(record, topic);
        Producer<byte[], byte[]> producer = clients.producer();
        try {
            // What becomes of the record is told to the callback.
            var _ = producer.send(record, new Receipt(confirmation, topics, target.topic()));
        } catch (InterruptException e) {
            Thread.interrupted();
            throw interrupted(e);
        } catch (KafkaException | IllegalStateException e) {
            // An earlier failure, or somebody who met one, has ended this producer.
            clients.discard(producer);
            throw Failures.ofSend(e, false);
        }
    }

    /// Refuses here what the broker would refuse. Left to the producer, a record that is too large
    /// can share its batch with a small one; the producer then splits and sends that batch in vain
    /// until the time is up, and every later record of the partition, whosever it is, fails with it
    /// (seen with 4.4.0). What is compressed may become small enough, so that is the broker's.
    private void requireFits(ProducerRecord<byte[], byte[]> record, TopicInfo topic)
            throws BackendFailure {
        if (!compresses && Records.mostOctets(record) > topic.largestBatch()) {
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
                confirmation.confirmed();
                return;
            }
            boolean handedOver = !Thread.currentThread().equals(sender);
            BackendFailure why = Failures.ofSend(failure, handedOver);
            if (why.kind() == BackendFailure.Kind.NO_SUCH_TARGET) {
                topics.forget(topic);
            }
            confirmation.failed(why);
        }
    }
}
