package footbridge.kafka.broadcast;

import footbridge.backend.BackendFailure;
import footbridge.backend.BackendFailure.Kind;
import footbridge.kafka.record.Offsets;
import footbridge.kafka.record.Position;
import footbridge.kafka.record.Records;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;

/// Where a topic's shared reader stands, and who goes with it. A feed joins and leaves between two
/// batches of records, so it is known exactly which records it has from here. Safe for use by any
/// thread; only the reader's calls [#begin], [#pass] and [#gap].
final class LiveEdge {

    private static final Duration LOOK = Duration.ofSeconds(1);

    /// Fair, or a reader that always has records would keep feeds waiting.
    private final ReentrantLock lock = new ReentrantLock(true);

    private final Condition moved = lock.newCondition();
    private final Audience audience = new Audience();
    private Optional<LastValues> lastValues = Optional.empty();
    private Offsets at = new Offsets();

    /// From where on the log of a partition has become another one.
    private final Map<Integer, Long> torn = new HashMap<>();

    private int tears;
    private volatile Uuid topic = Uuid.ZERO_UUID;

    /// The reader stands at the ends of the partitions.
    void begin(Uuid topicId, Offsets ends) {
        lock.lock();
        try {
            topic = topicId;
            at = ends.copy();
        } finally {
            lock.unlock();
        }
    }

    /// The reader has got records; they are handed to those who want them.
    void pass(ConsumerRecords<byte[], byte[]> records) {
        lock.lock();
        try {
            records.forEach(this::pass);
            records.nextOffsets()
                    .forEach((partition, next) -> at.reach(partition.partition(), next.offset()));
            moved.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void pass(ConsumerRecord<byte[], byte[]> record) {
        at.set(record.partition(), record.offset() + 1);
        lastValues.ifPresent(values -> values.put(record));
        Optional<String> key = Records.keyOf(record);
        audience.hand(record, key, () -> passing(record, key));
    }

    private Passing passing(ConsumerRecord<byte[], byte[]> record, Optional<String> key) {
        return new Passing(
                record.partition(),
                record.offset(),
                Records.toDelivery(record, key, Position.of(topic, at)));
    }

    /// Records were gone before the reader had them: those who are with it are told with their next
    /// message, and the newest records of keys are read anew when somebody wants them. Where the
    /// reader has to go back, the log is another one from there on than it was.
    ///
    /// @param found where the reader goes on
    void gap(Map<TopicPartition, Long> found) {
        lock.lock();
        try {
            found.forEach((partition, offset) -> goOnAt(partition.partition(), offset));
            audience.gap();
            lastValues.ifPresent(values -> values.fail(outdated()));
            lastValues = Optional.empty();
            moved.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void goOnAt(int partition, long offset) {
        if (offset < at.next(partition)) {
            torn.merge(partition, offset, Math::min);
            tears++;
        }
        at.set(partition, offset);
    }

    private static BackendFailure outdated() {
        return new BackendFailure(
                Kind.UNAVAILABLE,
                "Records of the topic behind this destination were lost while its newest ones were handed over.");
    }

    /// How often logs have become others since the reader began.
    int tears() {
        lock.lock();
        try {
            return tears;
        } finally {
            lock.unlock();
        }
    }

    /// Takes a reader back to where its logs are others by now than they were. One that has found
    /// that out by itself, and has read on, reads some records again.
    ///
    /// @param seen the [#tears] that it knows of
    /// @return whether there is any, so that it may lack something
    boolean takeBack(Offsets read, int seen) {
        lock.lock();
        try {
            if (tears == seen) {
                return false;
            }
            torn.forEach((partition, offset) ->
                    read.set(partition, Math.min(read.next(partition), offset)));
            return true;
        } finally {
            lock.unlock();
        }
    }

    /// Lets a feed have what comes from now on.
    ///
    /// @return where the reader stands
    Position join(Feed feed) {
        lock.lock();
        try {
            if (feed.goLive()) {
                audience.add(feed);
            }
            return position(at.copy());
        } finally {
            lock.unlock();
        }
    }

    /// Lets a feed that has read nearly as far as the reader gather what comes from now on. Waits
    /// while the feed is further than the reader.
    ///
    /// @param read where the feed stands
    /// @param near how many offsets it may lack
    /// @return up to where it must read by itself; empty if that is too far yet, it is closed, or
    ///   its place may not be there any more
    Optional<Offsets> joinIfNear(Feed feed, Offsets read, long near) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            int before = tears;
            while (feed.isOpen() && tears == before && !at.covers(read)) {
                boolean _ = moved.await(LOOK.toMillis(), TimeUnit.MILLISECONDS);
            }
            if (!at.covers(read) || read.missing(at) > near || !feed.gather()) {
                return Optional.empty();
            }
            audience.add(feed);
            return Optional.of(at.copy());
        } finally {
            lock.unlock();
        }
    }

    /// Lets a feed gather what comes from now on, to have what was before from elsewhere.
    ///
    /// @return where the reader stands; empty if the feed is closed
    Optional<Offsets> joinGathering(Feed feed) {
        lock.lock();
        try {
            if (!feed.gather()) {
                return Optional.empty();
            }
            audience.add(feed);
            return Optional.of(at.copy());
        } finally {
            lock.unlock();
        }
    }

    /// From now on the newest record of each key is kept.
    ///
    /// @return what is before must be put in by somebody else
    Offsets keep(LastValues values) {
        lock.lock();
        try {
            lastValues = Optional.of(values);
            return at.copy();
        } finally {
            lock.unlock();
        }
    }

    void leave(Feed feed) {
        lock.lock();
        try {
            audience.remove(feed);
        } finally {
            lock.unlock();
        }
    }

    /// Where the reader stood before `record`, which it is handing over. The reader's thread.
    Offsets before(Passing record) {
        Offsets before = at.copy();
        before.set(record.partition(), record.offset());
        return before;
    }

    Position position(Offsets offsets) {
        return Position.of(topic, offsets);
    }
}
