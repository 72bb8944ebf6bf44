package footbridge.kafka.group;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.NoOffsetForPartitionException;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.WakeupException;

/// A consumer in a group. Confined to the member's thread, except for [#wake].
public final class GroupConsumer {

    private static final System.Logger LOG = System.getLogger(GroupConsumer.class.getName());

    private final Consumer<byte[], byte[]> consumer;
    private final StartPlaces places;
    private final Duration timeout;
    private final AtomicBoolean polling = new AtomicBoolean();
    private final Set<TopicPartition> unplaced = new HashSet<>();
    private final Map<TopicPartition, OffsetAndMetadata> untold = new HashMap<>();
    private boolean joined;

    /// Hears of partitions that the member loses, during a [#poll] or [#close].
    interface Loss {

        /// The partitions go to others as soon as this returns.
        void revoked(Collection<TopicPartition> partitions);

        /// The partitions are with others already.
        void lost(Collection<TopicPartition> partitions);
    }

    /// @param consumer not subscribed yet
    /// @param fromEarliest where a group begins that has never read the topic
    /// @param knownPartitions how many partitions the topic has now
    /// @param timeout longest wait for an answer of the cluster
    public GroupConsumer(
            Consumer<byte[], byte[]> consumer,
            boolean fromEarliest,
            int knownPartitions,
            Duration timeout) {
        this.consumer = consumer;
        this.places = new StartPlaces(consumer, fromEarliest, knownPartitions, timeout);
        this.timeout = timeout;
    }

    void join(String topic, Loss loss) {
        consumer.subscribe(List.of(topic), new Changes(loss));
    }

    /// Whether the member has its first partitions, if there are any for it, and the group a place
    /// in each: what is produced from now on reaches the group.
    boolean inPlace() {
        return joined && unplaced.isEmpty() && untold.isEmpty();
    }

    /// Takes part in the group, and reads.
    ///
    /// @param hungry whether records are welcome; without, there are none but of new partitions
    /// @param busy whether there is something to do, so that it must not wait
    ConsumerRecords<byte[], byte[]> poll(Duration longest, boolean hungry, BooleanSupplier busy) {
        begin();
        if (hungry) {
            consumer.resume(consumer.paused());
        } else {
            consumer.pause(consumer.assignment());
        }
        polling.set(true);
        try {
            return consumer.poll(busy.getAsBoolean() ? Duration.ZERO : longest);
        } catch (WakeupException e) {
            return ConsumerRecords.empty();
        } catch (NoOffsetForPartitionException e) {
            unplaced.addAll(e.partitions());
            return ConsumerRecords.empty();
        } catch (OffsetOutOfRangeException e) {
            places.returnIntoRange(e.offsetOutOfRangePartitions());
            return ConsumerRecords.empty();
        } finally {
            polling.set(false);
        }
    }

    /// Ends a [#poll] that is going on. Any thread.
    void wake() {
        if (polling.compareAndSet(true, false)) {
            consumer.wakeup();
        }
    }

    /// Returns when the group has the offsets.
    ///
    /// @throws RebalanceInProgressException if it can take them only after some polls
    void commit(Map<TopicPartition, OffsetAndMetadata> offsets) {
        Waking.again(() -> {
            consumer.commitSync(offsets, timeout);
            return offsets;
        });
    }

    /// What a transaction settles when it settles these.
    SettledOffsets settled(Map<TopicPartition, OffsetAndMetadata> offsets) {
        return new SettledOffsets(offsets, consumer.groupMetadata());
    }

    void close(Duration longest) {
        consumer.close(CloseOptions.timeout(longest));
    }

    private void begin() {
        try {
            if (!unplaced.isEmpty()) {
                untold.putAll(places.begin(Set.copyOf(unplaced)));
                unplaced.clear();
            }
            if (!untold.isEmpty()) {
                commit(untold);
                untold.clear();
            }
        } catch (CommitFailedException e) {
            untold.clear();
        } catch (RebalanceInProgressException | RetriableException e) {
            LOG.log(Level.DEBUG, "Kafka group not told of its start yet", e);
        }
    }

    private void forget(Collection<TopicPartition> partitions) {
        unplaced.removeAll(partitions);
        untold.keySet().removeAll(partitions);
    }

    private final class Changes implements ConsumerRebalanceListener {

        private final Loss loss;

        Changes(Loss loss) {
            this.loss = loss;
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            joined = true;
            unplaced.addAll(partitions);
            begin();
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            begin();
            loss.revoked(partitions);
            forget(partitions);
        }

        @Override
        public void onPartitionsLost(Collection<TopicPartition> partitions) {
            forget(partitions);
            loss.lost(partitions);
        }
    }
}
