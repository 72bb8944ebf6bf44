package footbridge.kafka.group;

import static java.nio.charset.StandardCharsets.UTF_8;

import footbridge.backend.BackendFailure;
import footbridge.kafka.client.Failures;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/// Puts what clients refuse into a topic, in one transaction with the offsets that settle it: it is
/// there, or it comes again. Key, value and headers are as they were; where it comes from is said
/// by the headers that Kafka writes to the dead letters of share groups.
public final class DeadLetters {

    private static final String SAID = "__dlq.errors.";

    private final String group;
    private final Optional<String> topic;
    private final Committing committing;

    /// Carries out one transaction.
    public interface Committing {
        /// @throws BackendFailure as [footbridge.backend.BackendSession#commit]
        void commit(List<ProducerRecord<byte[], byte[]>> letters, SettledOffsets settled)
                throws BackendFailure, InterruptedException;
    }

    /// @param topic empty where the rule has none
    public DeadLetters(String group, Optional<String> topic, Committing committing) {
        this.group = group;
        this.topic = topic;
        this.committing = committing;
    }

    void bury(List<ConsumerRecord<byte[], byte[]>> refused, SettledOffsets settled)
            throws BackendFailure, InterruptedException {
        String place = topic.orElseThrow(Failures::noDeadLetters);
        committing.commit(refused.stream().map(record -> letter(place, record)).toList(), settled);
    }

    private ProducerRecord<byte[], byte[]> letter(
            String place, ConsumerRecord<byte[], byte[]> record) {
        Headers headers = new RecordHeaders(record.headers());
        say(headers, "topic", record.topic());
        say(headers, "partition", Integer.toString(record.partition()));
        say(headers, "offset", Long.toString(record.offset()));
        say(headers, "group", group);
        return new ProducerRecord<>(place, null, record.key(), record.value(), headers);
    }

    private static void say(Headers headers, String what, String value) {
        headers.remove(SAID + what).add(SAID + what, value.getBytes(UTF_8));
    }
}
