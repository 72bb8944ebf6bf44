package footbridge.kafka.broadcast;

import footbridge.backend.BackendFailure;
import footbridge.backend.KafkaReading;
import footbridge.backend.StartAt;
import footbridge.kafka.record.Offsets;
import org.apache.kafka.clients.consumer.ConsumerRecords;

/// Reads a compacted topic once, from its beginning to where its shared reader stood when that
/// began to keep the newest records too.
final class LastValuesReader implements Behind {

    private final LastValues values;
    private final LiveEdge edge;
    private final Beginning beginning;
    private Offsets read = new Offsets();
    private Offsets end = new Offsets();

    /// Finds out where a topic begins.
    interface Beginning {
        Offsets find(KafkaReading earliest) throws BackendFailure, InterruptedException;
    }

    LastValuesReader(LastValues values, LiveEdge edge, Beginning beginning) {
        this.values = values;
        this.edge = edge;
        this.beginning = beginning;
    }

    @Override
    public boolean prepare() throws BackendFailure, InterruptedException {
        read = beginning.find(KafkaReading.PLAIN.from(StartAt.EARLIEST));
        end = edge.keep(values);
        read.growTo(end.partitions());
        return false;
    }

    @Override
    public boolean goOn(PartitionReader source) {
        source.startAt(read);
        while (isOpen() && !read.covers(end)) {
            take(source.poll(found -> found.forEach((at, next) -> read.set(at.partition(), next))));
        }
        if (isOpen()) {
            values.completed();
        }
        return true;
    }

    private void take(ConsumerRecords<byte[], byte[]> records) {
        records.forEach(values::put);
        records.nextOffsets().forEach((at, next) -> read.reach(at.partition(), next.offset()));
    }

    @Override
    public boolean isOpen() {
        return values.isOpen();
    }

    @Override
    public void end(BackendFailure why) {
        values.fail(why);
    }
}
