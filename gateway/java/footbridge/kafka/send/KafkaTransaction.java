package footbridge.kafka.send;

import footbridge.backend.BackendFailure;
import footbridge.backend.BackendFailure.Kind;
import footbridge.kafka.client.Failures;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;

/// One transaction of a producer that stands ready. Blocks for some milliseconds; after an
/// exception the producer must not be used again.
final class KafkaTransaction {

    private final Producer<byte[], byte[]> producer;

    KafkaTransaction(Producer<byte[], byte[]> producer) {
        this.producer = producer;
    }

    void run(List<ProducerRecord<byte[], byte[]>> records, Transactions.Extra extra)
            throws BackendFailure, InterruptedException {
        fill(records, extra);
        try {
            producer.commitTransaction();
        } catch (InterruptException e) {
            throw interrupted(e);
        } catch (KafkaException | IllegalStateException e) {
            throw new BackendFailure(
                    Kind.OUTCOME_UNKNOWN,
                    "No answer to the commit came from the broker: the transaction may or may not have taken effect.",
                    e);
        }
    }

    /// Everything but the commit: as long as that has not been asked for, nothing is done.
    private void fill(List<ProducerRecord<byte[], byte[]>> records, Transactions.Extra extra)
            throws BackendFailure, InterruptedException {
        try {
            producer.beginTransaction();
            List<Future<RecordMetadata>> sent = new ArrayList<>(records.size());
            records.forEach(each -> sent.add(producer.send(each)));
            producer.flush();
            for (Future<RecordMetadata> each : sent) {
                each.get();
            }
            extra.addTo(producer);
        } catch (InterruptException e) {
            throw interrupted(e);
        } catch (ExecutionException | KafkaException | IllegalStateException e) {
            throw Failures.ofSend(e, false);
        }
    }

    private static InterruptedException interrupted(InterruptException cause) {
        Thread.interrupted();
        InterruptedException interrupted = new InterruptedException("interrupted in a commit");
        interrupted.initCause(cause);
        return interrupted;
    }
}
