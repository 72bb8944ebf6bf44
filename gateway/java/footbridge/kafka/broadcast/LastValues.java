package footbridge.kafka.broadcast;

import footbridge.backend.BackendFailure;
import footbridge.backend.BackendFailure.Kind;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/// The newest record of each key of a compacted topic, as far as the topic's shared reader has read
/// it. The reader puts in what passes; what was there before is read once by a [LastValuesReader],
/// while the reader goes on, so of two records of a key the newer is kept, whichever comes first.
///
/// A key costs the octets of its record, [#OVERHEAD] and [#HEADER] for each header. When there is
/// no room for one more, all is given up, and the budget told: what is left would be no snapshot.
final class LastValues {

    private static final System.Logger LOG = System.getLogger(LastValues.class.getName());

    /// What an entry and its record take beside key and value: 290 with a million keys, and what
    /// fills arrays up (`KafkaSnapshotMemoryTest`).
    static final int OVERHEAD = 320;

    /// The same of a header beside name and value.
    static final int HEADER = 128;

    private final String topic;
    private final SnapshotBudget budget;
    private final NavigableMap<ByteBuffer, ConsumerRecord<byte[], byte[]>> newest =
            new ConcurrentSkipListMap<>();
    private final CountDownLatch complete = new CountDownLatch(1);
    private volatile Optional<BackendFailure> failure = Optional.empty();
    private boolean closed;

    LastValues(String topic, SnapshotBudget budget) {
        this.topic = topic;
        this.budget = budget;
    }

    /// Takes a record, unless a newer one of its key is there.
    synchronized void put(ConsumerRecord<byte[], byte[]> record) {
        if (record.key() == null || closed) {
            return;
        }
        ByteBuffer key = ByteBuffer.wrap(record.key());
        ConsumerRecord<byte[], byte[]> older = newest.get(key);
        if (older != null && !isNewer(record, older)) {
            return;
        }
        if (record.value() == null && complete.getCount() == 0) {
            forget(key);
        } else if (budget.take(older == null ? 1 : 0, octets(record) - octets(older))) {
            newest.put(key, record);
        } else {
            overflow(octets(record));
        }
    }

    private void overflow(long more) {
        int keys = newest.size() + 1;
        long octets = newest.values().stream().mapToLong(LastValues::octets).sum() + more;
        budget.lacked(topic, keys, octets);
        LOG.log(
                Level.WARNING,
                "Kafka snapshot too large topic={0} keys={1} bytes={2}, of {3}",
                topic,
                Integer.toString(keys),
                Long.toString(octets),
                budget);
        fail(tooLarge());
    }

    /// Partitions have no common order, so between two of them time decides.
    private static boolean isNewer(
            ConsumerRecord<byte[], byte[]> record, ConsumerRecord<byte[], byte[]> than) {
        return record.partition() == than.partition()
                ? record.offset() > than.offset()
                : record.timestamp() >= than.timestamp();
    }

    private void forget(ByteBuffer key) {
        ConsumerRecord<byte[], byte[]> older = newest.remove(key);
        if (older != null) {
            budget.giveBack(1, octets(older));
        }
    }

    private static long octets(@Nullable ConsumerRecord<byte[], byte[]> record) {
        if (record == null) {
            return 0;
        }
        long octets = (long) OVERHEAD + record.key().length;
        octets += record.value() == null ? 0L : record.value().length;
        for (Header header : record.headers()) {
            // Asked for its value, a header lets the batch go in which it came.
            octets += (long) HEADER + header.key().length();
            octets += header.value() == null ? 0L : header.value().length;
        }
        return octets;
    }

    /// What was there before is all put in. What was deleted meanwhile had to be remembered until
    /// now, or an older record would have come back.
    synchronized void completed() {
        newest.values().stream()
                .filter(record -> record.value() == null)
                .map(record -> ByteBuffer.wrap(record.key()))
                .toList()
                .forEach(this::forget);
        complete.countDown();
        LOG.log(
                Level.INFO,
                "Kafka snapshot read topic={0} keys={1}",
                topic,
                Integer.toString(newest.size()));
    }

    /// Gives everything up.
    synchronized void fail(BackendFailure why) {
        if (closed) {
            return;
        }
        closed = true;
        newest.values().forEach(record -> budget.giveBack(1, octets(record)));
        newest.clear();
        failure = Optional.of(why);
        complete.countDown();
        LOG.log(Level.INFO, "Kafka snapshot given up topic={0} why={1}", topic, why.kind().code());
    }

    static BackendFailure tooLarge() {
        return new BackendFailure(
                Kind.SNAPSHOT_TOO_LARGE,
                "The topic behind this destination has more keys, or larger records, than the gateway keeps for snapshots.");
    }

    /// Waits until everything is there.
    ///
    /// @throws BackendFailure if it was given up
    void await() throws BackendFailure, InterruptedException {
        complete.await();
        check();
    }

    /// @throws BackendFailure if it was given up
    void check() throws BackendFailure {
        Optional<BackendFailure> why = failure;
        if (why.isPresent()) {
            throw why.get();
        }
    }

    /// Whether it is of use, now or soon.
    synchronized boolean isOpen() {
        return !closed;
    }

    Optional<ConsumerRecord<byte[], byte[]>> of(ByteBuffer key) {
        return Optional.ofNullable(newest.get(key));
    }

    /// Some records in the order of their keys.
    ///
    /// @param key behind which they begin; empty for the first
    List<ConsumerRecord<byte[], byte[]>> after(Optional<ByteBuffer> key, int most) {
        NavigableMap<ByteBuffer, ConsumerRecord<byte[], byte[]>> rest =
                key.isEmpty() ? newest : newest.tailMap(key.get(), false);
        List<ConsumerRecord<byte[], byte[]>> some = new ArrayList<>(most);
        for (ConsumerRecord<byte[], byte[]> record : rest.values()) {
            if (some.size() == most) {
                break;
            }
            some.add(record);
        }
        return some;
    }
}
