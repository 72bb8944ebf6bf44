package footbridge.kafka.record;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import footbridge.backend.Message;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RecordsTest {

    private static final byte[] NOT_TEXT = {(byte) 0xC3, 0x28, 0};
    private static final Position NOWHERE = new Position(0, new Offsets());

    @Test
    void recordHeaderCannotPoseAsTheGatewaysOwn() {
        ConsumerRecord<byte[], byte[]> record = record("k".getBytes(UTF_8), "v".getBytes(UTF_8));
        record.headers().add("kafka-offset", "666".getBytes(UTF_8));
        record.headers().add("kafka-tombstone", "true".getBytes(UTF_8));
        record.headers().add("timestamp", "666".getBytes(UTF_8));

        assertThat(headers(record)).containsEntry("kafka-offset", "42");
        assertThat(headers(record)).doesNotContainKeys("kafka-tombstone", "timestamp");
    }

    @Test
    void lastOfSeveralHeadersOfOneNameCounts() {
        ConsumerRecord<byte[], byte[]> record = record(null, "v".getBytes(UTF_8));
        record.headers().add("x", "1".getBytes(UTF_8)).add("x", "2".getBytes(UTF_8));

        assertThat(headers(record)).containsEntry("x", "2");
    }

    @Test
    void headerValueThatIsNotTextArrivesInBase64UnderANameThatSaysSo() {
        ConsumerRecord<byte[], byte[]> record = record(null, "v".getBytes(UTF_8));
        record.headers().add("x", NOT_TEXT).add("empty", null);

        assertThat(headers(record))
                .containsEntry("x-base64", "wygA")
                .containsEntry("empty", "")
                .doesNotContainKey("x");
    }

    @Test
    void keyThatIsNotTextIsNoKeyToSubscribers() {
        ConsumerRecord<byte[], byte[]> record = record(NOT_TEXT, "v".getBytes(UTF_8));

        assertThat(Records.keyOf(record)).isEmpty();
        assertThat(headers(record)).doesNotContainKey("kafka-key");
    }

    @Test
    void tombstoneArrivesEmptyAndMarked() {
        Message message =
                Records.toMessage(record("k".getBytes(UTF_8), null), Optional.of("k"), NOWHERE);

        assertThat(message.size()).isZero();
        assertThat(message.headers()).containsEntry("kafka-tombstone", "true");
    }

    private static Map<String, String> headers(ConsumerRecord<byte[], byte[]> record) {
        return Records.toMessage(record, Records.keyOf(record), NOWHERE).headers();
    }

    private static ConsumerRecord<byte[], byte[]> record(
            byte @Nullable [] key, byte @Nullable [] value) {
        return new ConsumerRecord<>("t", 3, 42, key, value);
    }
}
