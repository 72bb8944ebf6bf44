package footbridge.kafka.broadcast;

import footbridge.backend.BackendFailure;
import footbridge.kafka.record.Offsets;
import footbridge.kafka.record.Records;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;

/// Brings one feed from where it stands to the shared reader, at the pace of its client. Near the
/// shared reader it lets the feed gather, reads exactly up to where the gathering began, hands over
/// what was gathered, and then the feed is live: no record is missed and none comes twice. Gathers
/// more come than a feed may keep, they are dropped and it begins anew further on.
///
/// Confined to its thread.
final class CatchUp implements Behind {

    /// How long a client may have no room before its reader serves others.
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private static final Duration LOOK = Duration.ofSeconds(10);

    /// In offsets; about what comes with one answer of the cluster.
    private static final long NEAR = 500;

    private final Feed feed;
    private final LiveEdge edge;
    private final Offsets read;
    private int tears;

    /// @param from the offsets that are next; kept
    CatchUp(Feed feed, LiveEdge edge, Offsets from) {
        this.feed = feed;
        this.edge = edge;
        this.read = from;
        this.tears = edge.tears();
    }

    @Override
    public boolean goOn(PartitionReader source) throws InterruptedException {
        source.startAt(read);
        while (feed.isOpen()) {
            goBackIfTorn(source);
            Optional<Offsets> end = edge.joinIfNear(feed, read, NEAR);
            if (end.isEmpty() ? !readSome(source) : !merge(source, end.get())) {
                return false;
            }
            if (feed.isLive()) {
                return true;
            }
        }
        return true;
    }

    /// The client does not read; somebody else has the consumer meanwhile.
    @Override
    public void awaitRoom() throws InterruptedException {
        boolean room = false;
        while (feed.isOpen() && !room) {
            room = feed.awaitRoom(LOOK);
        }
    }

    @Override
    public boolean isOpen() {
        return feed.isOpen();
    }

    @Override
    public void end(BackendFailure why) {
        feed.end(why);
    }

    private void goBackIfTorn(PartitionReader source) {
        int seen = tears;
        tears = edge.tears();
        if (edge.takeBack(read, seen)) {
            feed.tell(false);
            source.startAt(read);
        }
    }

    private boolean readSome(PartitionReader source) throws InterruptedException {
        return hand(source.poll(this::gap), Optional.empty());
    }

    /// @param end where the gathering began
    private boolean merge(PartitionReader source, Offsets end) throws InterruptedException {
        if (end.partitions() > read.partitions()) {
            read.growTo(end.partitions());
            source.startAt(read);
        }
        boolean reading = readUpTo(source, end) && (!read.covers(end) || handGathered());
        if (!feed.isLive()) {
            feed.part();
            edge.leave(feed);
            source.startAt(read);
        }
        return reading;
    }

    private boolean readUpTo(PartitionReader source, Offsets end) throws InterruptedException {
        while (feed.isOpen() && !read.covers(end) && !torn()) {
            if (!hand(source.poll(this::gap), Optional.of(end))) {
                return false;
            }
        }
        return true;
    }

    /// Whether there may be nothing at the end that is to be reached.
    private boolean torn() {
        return edge.tears() != tears;
    }

    /// Hands over what the feed has gathered; it is live then, if nothing more has come than it may
    /// keep.
    ///
    /// @return false if the client does not read for a while
    boolean handGathered() throws InterruptedException {
        List<Passing> gathered = feed.takeGathered();
        while (!gathered.isEmpty()) {
            for (Passing record : gathered) {
                if (!feed.awaitRoom(PATIENCE)) {
                    return false;
                }
                read.reach(record.partition(), record.offset() + 1);
                feed.replay(record.delivery());
            }
            gathered = feed.takeGathered();
        }
        return true;
    }

    /// @param end what is behind comes another way
    private boolean hand(ConsumerRecords<byte[], byte[]> records, Optional<Offsets> end)
            throws InterruptedException {
        for (ConsumerRecord<byte[], byte[]> record : records) {
            boolean mine = record.offset() < limit(end, record.partition());
            if (mine && !hand(record)) {
                return false;
            }
        }
        records.nextOffsets()
                .forEach((partition, next) ->
                        read.reach(
                                partition.partition(),
                                Math.min(next.offset(), limit(end, partition.partition()))));
        return true;
    }

    private static long limit(Optional<Offsets> end, int partition) {
        return end.isPresent() ? end.get().next(partition) : Long.MAX_VALUE;
    }

    private boolean hand(ConsumerRecord<byte[], byte[]> record) throws InterruptedException {
        Optional<String> key = Records.keyOf(record);
        boolean wanted = feed.wanted().takes(record, key);
        if (wanted && !feed.awaitRoom(PATIENCE)) {
            return false;
        }
        read.set(record.partition(), record.offset() + 1);
        if (wanted) {
            feed.replay(Records.toDelivery(record, key, edge.position(read)));
        }
        return true;
    }

    private void gap(Map<TopicPartition, Long> found) {
        found.forEach((partition, offset) -> read.set(partition.partition(), offset));
        feed.tell(false);
    }
}
