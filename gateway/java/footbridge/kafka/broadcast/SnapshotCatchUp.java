package footbridge.kafka.broadcast;

import footbridge.backend.BackendFailure;
import footbridge.backend.Delivery;
import footbridge.kafka.record.Offsets;
import footbridge.kafka.record.Records;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// Brings one feed the newest record of each key that it wants, as of one moment, and then what
/// came since. It keeps nothing of its own: a record that has been replaced since that moment is
/// left out, because the newer one comes behind the snapshot.
final class SnapshotCatchUp implements Behind {

    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final int AT_ONCE = 100;

    private final Feed feed;
    private final LiveEdge edge;
    private final LastValues values;
    private final String topic;
    private CatchUp since;

    SnapshotCatchUp(String topic, Feed feed, LiveEdge edge, LastValues values) {
        this.topic = topic;
        this.feed = feed;
        this.edge = edge;
        this.values = values;
        this.since = new CatchUp(feed, edge, new Offsets());
    }

    @Override
    public boolean prepare() throws BackendFailure, InterruptedException {
        values.await();
        Optional<Offsets> moment = edge.joinGathering(feed);
        if (moment.isEmpty()) {
            return true;
        }
        since = new CatchUp(feed, edge, moment.get().copy());
        hand(moment.get());
        values.check();
        hand(Records.endOfSnapshot(topic, edge.position(moment.get())));
        boolean _ = since.handGathered();
        if (!feed.isLive()) {
            part();
        }
        return feed.isLive();
    }

    private void hand(Offsets moment) throws InterruptedException {
        Optional<ByteBuffer> key = feed.wanted().onlyKey().map(StandardCharsets.UTF_8::encode);
        if (key.isPresent()) {
            hand(values.of(key.get()).stream().toList(), moment);
            return;
        }
        Optional<ByteBuffer> last = Optional.empty();
        List<ConsumerRecord<byte[], byte[]>> some;
        do {
            some = values.after(last, AT_ONCE);
            hand(some, moment);
            if (!some.isEmpty()) {
                last = Optional.of(ByteBuffer.wrap(some.getLast().key()));
            }
        } while (feed.isOpen() && !some.isEmpty());
    }

    private void hand(List<ConsumerRecord<byte[], byte[]>> records, Offsets moment)
            throws InterruptedException {
        for (ConsumerRecord<byte[], byte[]> record : records) {
            Optional<String> key = Records.keyOf(record);
            if (record.offset() < moment.next(record.partition())
                    && feed.wanted().takes(record, key)) {
                hand(Records.toSnapshot(record, key));
            }
        }
    }

    private void hand(Delivery delivery) throws InterruptedException {
        while (feed.isOpen() && !feed.awaitRoom(PATIENCE)) {
            part();
        }
        feed.replay(delivery);
    }

    /// For a client that does not read nothing is gathered: it will be read from the cluster.
    private void part() {
        feed.part();
        edge.leave(feed);
    }

    @Override
    public boolean goOn(PartitionReader source) throws InterruptedException {
        return since.goOn(source);
    }

    @Override
    public void awaitRoom() throws InterruptedException {
        since.awaitRoom();
    }

    @Override
    public boolean isOpen() {
        return feed.isOpen();
    }

    @Override
    public void end(BackendFailure why) {
        feed.end(why);
    }
}
