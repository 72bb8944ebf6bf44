package footbridge.kafka.broadcast;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import footbridge.backend.BackendFailure;
import footbridge.kafka.client.KafkaLimits;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// The newest record of each key, whatever the order in which they come.
class LastValuesTest {

    private final AtomicLong now = new AtomicLong();
    private final SnapshotBudget budget =
            new SnapshotBudget(KafkaLimits.DEFAULTS.withSnapshots(3, 10_000), now::get);
    private final LastValues values = new LastValues("t", budget);

    @Test
    void theNewerOfTwoIsKeptWhicheverComesFirst() throws Exception {
        values.put(record(7, "a", "new"));
        values.put(record(3, "a", "old"));
        values.put(record(4, "b", "old"));
        values.put(record(9, "b", "new"));
        values.completed();
        values.await();

        assertThat(values.after(Optional.empty(), 10))
                .extracting(ConsumerRecord::offset)
                .containsExactly(7L, 9L);
        assertThat(budget.kept().keys()).isEqualTo(2);
    }

    @Test
    void whatWasDeletedWhileTheRestWasReadDoesNotComeBack() {
        values.put(record(7, "a", null));
        values.put(record(3, "a", "old"));
        values.completed();

        assertThat(values.after(Optional.empty(), 10)).isEmpty();
        assertThat(budget.kept().keys()).isZero();
    }

    @Test
    void whatIsDeletedLaterIsForgotten() {
        values.put(record(1, "a", "v"));
        values.completed();
        values.put(record(2, "a", null));
        values.put(record(3, "b", null));

        assertThat(values.of(key("a"))).isEmpty();
        assertThat(budget.kept().keys()).isZero();
    }

    @Test
    void withTooManyKeysAllIsGivenUp() {
        for (int i = 0; i < 4; i++) {
            values.put(record(i, "k" + i, "v"));
        }

        assertThatThrownBy(values::await)
                .isInstanceOfSatisfying(
                        BackendFailure.class,
                        e ->
                                assertThat(e.kind())
                                        .isEqualTo(BackendFailure.Kind.SNAPSHOT_TOO_LARGE));
        assertThat(budget.kept().keys()).isZero();
        assertThat(values.isOpen()).isFalse();
    }

    @Test
    void whatDidNotFitIsTriedAgainWhenOthersHaveLeftRoom() {
        LastValues other = new LastValues("other", budget);
        other.put(record(1, "x", "v"));
        other.put(record(2, "y", "v"));
        values.put(record(1, "a", "v"));
        assertThat(budget.isTooLarge("t")).isFalse();
        values.put(record(2, "b", "v"));

        assertThat(budget.isTooLarge("t")).isTrue();
        assertThat(budget.kept().tooLarge()).containsExactly("t");
        other.fail(new BackendFailure(BackendFailure.Kind.UNAVAILABLE, "gone"));
        assertThat(budget.isTooLarge("t")).isFalse();
        assertThat(budget.kept().tooLarge()).isEmpty();
    }

    @Test
    void whatDidNotFitIsTriedAgainAfterAWhile() {
        values.put(record(1, "a", "v".repeat(10_000)));

        assertThat(budget.isTooLarge("t")).isTrue();
        now.addAndGet(SnapshotBudget.REMEMBERED.toNanos());
        assertThat(budget.isTooLarge("t")).isFalse();
    }

    @Test
    void withTooLargeRecordsToo() {
        values.put(record(1, "a", "v".repeat(10_000)));

        assertThatThrownBy(values::check).isInstanceOf(BackendFailure.class);
    }

    @Test
    void someAreHadAtATime() {
        values.put(record(1, "a", "v"));
        values.put(record(2, "b", "v"));
        values.put(record(3, "c", "v"));

        assertThat(values.after(Optional.empty(), 2)).hasSize(2);
        assertThat(values.after(Optional.of(key("b")), 2))
                .extracting(ConsumerRecord::offset)
                .containsExactly(3L);
    }

    private static ByteBuffer key(String text) {
        return ByteBuffer.wrap(text.getBytes(UTF_8));
    }

    private static ConsumerRecord<byte[], byte[]> record(
            long offset, String key, @Nullable String value) {
        return new ConsumerRecord<>(
                "t", 0, offset, key.getBytes(UTF_8), value == null ? null : value.getBytes(UTF_8));
    }
}
