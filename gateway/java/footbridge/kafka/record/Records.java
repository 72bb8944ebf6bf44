package footbridge.kafka.record;

import static java.util.stream.Collectors.toUnmodifiableSet;

import footbridge.backend.Delivery;
import footbridge.backend.KafkaUse.Choice;
import footbridge.backend.Message;
import footbridge.backend.Target.KafkaTopic;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/// Messages to records and back. Header for header and octet for octet, with these exceptions:
///
/// - A record may repeat a header name, a message may not: the last one counts, as in Kafka.
/// - A record header whose value is not UTF-8 arrives as NAME`-base64`, its octets in Base64.
/// - `timestamp` and `kafka-topic`, `-partition`, `-offset`, `-key`, `-tombstone`, `-position`,
///   `recovered` and `snapshot` tell of the record itself; a record header of such a name does not
///   arrive.
/// - A record without a value (a tombstone) arrives with an empty body and `kafka-tombstone:true`.
public final class Records {

    static final String TIMESTAMP = "timestamp";
    static final String TOPIC = "kafka-topic";
    public static final String PARTITION = "kafka-partition";
    public static final String OFFSET = "kafka-offset";
    static final String KEY = "kafka-key";
    static final String TOMBSTONE = "kafka-tombstone";
    public static final String POSITION = Message.POSITION;
    public static final String RECOVERED = Message.RECOVERED;
    static final String SNAPSHOT = "snapshot";
    private static final String COUNT = "delivery-count";
    private static final String REDELIVERED = "redelivered";
    static final String BASE64 = "-base64";

    private static final Set<String> CHOSEN =
            Stream.of(Choice.values()).map(Choice::header).collect(toUnmodifiableSet());
    private static final Set<String> OUR_OWN =
            Set.of(
                    TIMESTAMP,
                    TOPIC,
                    PARTITION,
                    OFFSET,
                    KEY,
                    TOMBSTONE,
                    POSITION,
                    RECOVERED,
                    SNAPSHOT,
                    Choice.TIMESTAMP.header());
    private static final byte[] NOTHING = {};

    /// The longest form of a length in a record.
    private static final int LENGTH = 5;

    /// What a batch (61 octets) and a record (21) need besides their contents, and the number of
    /// headers.
    private static final int BATCH_AND_RECORD = 61 + 21 + LENGTH;

    private Records() {}

    public static ProducerRecord<byte[], byte[]> toRecord(KafkaTopic target, Message message) {
        List<Header> headers = new ArrayList<>(message.headers().size());
        message.headers()
                .forEach((name, value) -> {
                    if (!CHOSEN.contains(name)) {
                        headers.add(new RecordHeader(name, octets(value)));
                    }
                });
        boolean tombstone = chosen(message, Choice.TOMBSTONE).filter("true"::equals).isPresent();
        return new ProducerRecord<>(
                target.topic(),
                partition(target, message),
                chosen(message, Choice.TIMESTAMP).map(Long::valueOf).orElse(null),
                target.key()
                        .or(() -> chosen(message, Choice.KEY))
                        .map(Records::octets)
                        .orElse(null),
                tombstone ? null : octets(message.body()),
                headers);
    }

    private static @Nullable Integer partition(KafkaTopic target, Message message) {
        if (target.use().partition().isPresent()) {
            return target.use().partition().getAsInt();
        }
        return chosen(message, Choice.PARTITION).map(Integer::valueOf).orElse(null);
    }

    /// What the client has said of its record; the session has checked that it may, and the form.
    private static Optional<String> chosen(Message message, Choice choice) {
        return Optional.ofNullable(message.headers().get(choice.header()));
    }

    /// The most octets that a batch of this record alone takes, uncompressed. Not less than the
    /// room that the producer sets aside for it, so that no other record fits beside it in a batch
    /// that the topic would then refuse. Some ten octets per header above the true size.
    public static long mostOctets(ProducerRecord<byte[], byte[]> record) {
        long most = BATCH_AND_RECORD + length(record.key()) + length(record.value());
        for (Header header : record.headers()) {
            most += 2L * LENGTH + Utils.utf8Length(header.key()) + header.value().length;
        }
        return most;
    }

    /// The key by which subscribers filter; empty when there is none or it is not UTF-8.
    public static Optional<String> keyOf(ConsumerRecord<byte[], byte[]> record) {
        return record.key() == null ? Optional.empty() : Utf8.text(record.key());
    }

    /// A message of a broadcast.
    ///
    /// @param key what [#keyOf] made of the record
    /// @param position where whoever has it stands
    static Message toMessage(
            ConsumerRecord<byte[], byte[]> record, Optional<String> key, Position position) {
        Map<String, String> headers = headers(record, key);
        headers.put(POSITION, position.text());
        return toMessage(record, headers);
    }

    /// A delivery of a broadcast; a later one of the same key makes it needless.
    public static Delivery toDelivery(
            ConsumerRecord<byte[], byte[]> record, Optional<String> key, Position position) {
        return new Delivery(toMessage(record, key, position), record.offset(), sameKey(record));
    }

    /// A delivery of a snapshot. It has no position: whoever has it need not have those before.
    public static Delivery toSnapshot(ConsumerRecord<byte[], byte[]> record, Optional<String> key) {
        Map<String, String> headers = headers(record, key);
        headers.put(SNAPSHOT, "true");
        return new Delivery(toMessage(record, headers), record.offset(), sameKey(record));
    }

    /// Says that a snapshot is complete, and where it was taken.
    public static Delivery endOfSnapshot(String topic, Position position) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put(TOPIC, topic);
        headers.put(SNAPSHOT, "end");
        headers.put(POSITION, position.text());
        return new Delivery(new Message(headers, ByteBuffer.wrap(NOTHING), true), -1);
    }

    private static Optional<Object> sameKey(ConsumerRecord<byte[], byte[]> record) {
        return record.key() == null ? Optional.empty() : Optional.of(ByteBuffer.wrap(record.key()));
    }

    /// A message of a group: of how often it was delivered it tells what the cluster says, and
    /// nothing else.
    public static Message toCounted(ConsumerRecord<byte[], byte[]> record) {
        Map<String, String> headers = headers(record, keyOf(record));
        headers.remove(COUNT);
        headers.remove(REDELIVERED);
        record.deliveryCount()
                .ifPresent(count -> {
                    headers.put(COUNT, Short.toString(count));
                    headers.put(REDELIVERED, Boolean.toString(count > 1));
                });
        return toMessage(record, headers);
    }

    private static Map<String, String> headers(
            ConsumerRecord<byte[], byte[]> record, Optional<String> key) {
        Map<String, String> headers = new LinkedHashMap<>();
        record.headers().forEach(header -> put(headers, header));
        if (record.timestamp() >= 0) {
            headers.put(TIMESTAMP, Long.toString(record.timestamp()));
        }
        headers.put(TOPIC, record.topic());
        headers.put(PARTITION, Integer.toString(record.partition()));
        headers.put(OFFSET, Long.toString(record.offset()));
        key.ifPresent(text -> headers.put(KEY, text));
        if (record.value() == null) {
            headers.put(TOMBSTONE, "true");
        }
        return headers;
    }

    private static Message toMessage(
            ConsumerRecord<byte[], byte[]> record, Map<String, String> headers) {
        if (record.value() == null) {
            return new Message(headers, ByteBuffer.wrap(NOTHING), true);
        }
        // Whether it is text is found out when somebody asks, and without making a text of it.
        return new Message(headers, ByteBuffer.wrap(record.value()), false);
    }

    private static long length(byte @Nullable [] octets) {
        return octets == null ? LENGTH : (long) LENGTH + octets.length;
    }

    private static void put(Map<String, String> headers, Header header) {
        if (OUR_OWN.contains(header.key())) {
            return;
        }
        byte[] value = header.value() == null ? NOTHING : header.value();
        Optional<String> text = Utf8.text(value);
        if (text.isPresent()) {
            headers.put(header.key(), text.get());
        } else {
            headers.put(header.key() + BASE64, Base64.getEncoder().encodeToString(value));
        }
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /// The octets themselves when the buffer is all of its array and lets us have it, else a copy.
    private static byte[] octets(ByteBuffer body) {
        if (body.hasArray()
                && body.arrayOffset() == 0
                && body.position() == 0
                && body.remaining() == body.array().length) {
            return body.array();
        }
        byte[] copy = new byte[body.remaining()];
        body.get(copy);
        return copy;
    }
}
