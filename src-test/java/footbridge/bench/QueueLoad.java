package footbridge.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.awaitility.Awaitility.await;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// Two queues, each with a producer and a consumer that acknowledges each message by itself; so
/// many messages are on the way. Each must arrive, and once; that some come out of order is noted.
final class QueueLoad extends Load {

    private static final int PAIRS = 2;
    private static final int SIZE = 256;
    private static final AtomicInteger QUEUES = new AtomicInteger();
    private static final ByteBuf ACK_HEADER =
            Unpooled.unreleasableBuffer(Unpooled.copiedBuffer("\nack:", US_ASCII));

    private final String name;
    private final String prefix;
    private final int window;
    private final long pause;
    private final List<Pair> pairs = new ArrayList<>();
    private boolean stopped;
    private long outOfOrder;

    private QueueLoad(String name, String prefix, int window, long pause) {
        this.name = name;
        this.prefix = prefix;
        this.window = window;
        this.pause = pause;
    }

    /// As fast as it goes.
    static QueueLoad flatOut() {
        return new QueueLoad("queue, individual acks", "/queue/bench.queue", 64, 0);
    }

    /// One message after the other over a share group of Kafka, as fast as it goes.
    static QueueLoad shareGroup() {
        return new QueueLoad("Kafka share group", "/queue/share.bench", 64, 0);
    }

    /// So many messages a second, for their times.
    static QueueLoad paced(int perSecond) {
        return new QueueLoad(
                "queue at %,d/s".formatted(perSecond),
                "/queue/bench.queue",
                perSecond / PAIRS,
                PAIRS * 1_000_000_000L / perSecond);
    }

    /// A producer and a consumer of a queue of their own.
    private final class Pair {
        final LoadFrame frame;
        final LoadClient producer;
        final BitSet arrived = new BitSet();
        long sent;
        long received;

        Pair(LoadFrame frame, LoadClient producer) {
            this.frame = frame;
            this.producer = producer;
        }

        void produce() {
            if (!stopped && sent - received < window) {
                producer.send(frame, SIZE, ++sent);
            }
        }

        void receive(LoadClient consumer, ByteBuf octets, int from, int to) {
            int body = to - SIZE;
            long number = Stamp.number(octets, body);
            if (arrived.get((int) number)) {
                consumer.fail("message %d has come twice".formatted(number));
                return;
            }
            arrived.set((int) number);
            outOfOrder += number == ++received ? 0 : 1;
            count++;
            latencies.add(System.nanoTime() - Stamp.nanos(octets, body));
            consumer.send(LoadFrame.of("ACK\nid:" + ackId(octets, from, to) + "\n\n\0"));
            if (pause == 0) {
                produce();
            }
        }
    }

    private static String ackId(ByteBuf octets, int from, int to) {
        int at = ByteBufUtil.indexOf(ACK_HEADER, octets.slice(from, to - from));
        int start = from + at + ACK_HEADER.readableBytes();
        return octets.toString(start, octets.indexOf(start, to, (byte) '\n') - start, US_ASCII);
    }

    @Override
    void start(LoadLoop loop) throws IOException, InterruptedException {
        for (int i = 0; i < PAIRS; i++) {
            String queue = prefix + QUEUES.incrementAndGet();
            LoadClient consumer = loop.subscribe(1, queue, "client-individual").getFirst();
            Pair pair =
                    new Pair(
                            LoadFrame.send(queue, "persistent:true\nreceipt:r\n", SIZE),
                            loop.connect());
            pairs.add(pair);
            consumer.inLoop(() -> {
                consumer.listen(pair::receive);
                consumer.flushes(pair.producer);
            });
            pair.producer.inLoop(() -> begin(pair, loop));
        }
    }

    private void begin(Pair pair, LoadLoop loop) {
        if (pause > 0) {
            loop.every(
                    pause,
                    () -> {
                        pair.produce();
                        pair.producer.flush();
                    });
            return;
        }
        for (int i = 0; i < window; i++) {
            pair.produce();
        }
        pair.producer.flush();
    }

    /// Waits for what is still on the way.
    @Override
    void finish(LoadLoop loop) throws IOException, InterruptedException {
        loop.ask(() -> stopped = true);
        await().pollInterval(Duration.ofMillis(20))
                .atMost(Duration.ofSeconds(30))
                .until(() -> {
                    loop.check();
                    return loop.ask(
                            () -> pairs.stream().allMatch(pair -> pair.sent == pair.received));
                });
    }

    @Override
    String note() {
        return outOfOrder == 0 ? "" : "out of order";
    }

    @Override
    public String toString() {
        return name;
    }
}
