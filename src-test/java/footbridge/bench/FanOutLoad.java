package footbridge.bench;

import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// A producer and many subscribers of a topic; deliveries are counted.
final class FanOutLoad extends Load {

    private static final int SMALL = 256;

    /// Enough to fill what lies between a server and a client that does not read.
    private static final int LARGE = 4 * 1024;

    private static final int SAMPLED = 16;

    /// Messages on the way at full speed.
    private static final int WINDOW = 16;

    private static final AtomicInteger TOPICS = new AtomicInteger();

    private final String name;
    private final String prefix;
    private final int subscribers;
    private final int stopped;

    /// Messages that may be on the way to all of them.
    private final int window;

    private final int size;
    private final long pause;
    private long deliveries;
    private long sent;

    private FanOutLoad(
            String name,
            String prefix,
            int subscribers,
            int stopped,
            int window,
            int size,
            long pause) {
        this.name = name;
        this.prefix = prefix;
        this.subscribers = subscribers;
        this.stopped = stopped;
        this.window = window;
        this.size = size;
        this.pause = pause;
    }

    /// As fast as it goes.
    static FanOutLoad flatOut(String broker, String prefix, int subscribers) {
        return new FanOutLoad(
                "%stopic to %,d".formatted(broker, subscribers),
                prefix,
                subscribers,
                0,
                WINDOW,
                SMALL,
                0);
    }

    /// So many messages a second, while some of the subscribers read nothing at all.
    static FanOutLoad paced(int subscribers, int stopped, int perSecond) {
        return new FanOutLoad(
                "topic to %,d at %,d/s, %d not reading".formatted(subscribers, perSecond, stopped),
                "/topic/bench",
                subscribers,
                stopped,
                100_000,
                LARGE,
                1_000_000_000L / perSecond);
    }

    @Override
    void start(LoadLoop loop) throws IOException, InterruptedException {
        String topic = prefix + TOPICS.incrementAndGet();
        List<LoadClient> all = loop.subscribe(subscribers, topic, "auto");
        all.subList(0, stopped).forEach(LoadClient::stopReading);
        LoadFrame frame = LoadFrame.send(topic, "", size);
        LoadClient producer = loop.connect();
        for (LoadClient client : all) {
            client.inLoop(() ->
                    client.listen((_, octets, _, to) -> delivered(octets, to, producer, frame)));
        }
        producer.inLoop(() -> {
            if (pause > 0) {
                loop.every(pause, () -> produce(producer, frame));
            } else {
                for (int i = 0; i < window; i++) {
                    produce(producer, frame);
                }
            }
        });
    }

    private void delivered(ByteBuf octets, int to, LoadClient producer, LoadFrame frame) {
        count++;
        deliveries++;
        if (pause > 0 || deliveries % SAMPLED == 0) {
            latencies.add(System.nanoTime() - Stamp.nanos(octets, to - size));
        }
        if (pause == 0 && deliveries % subscribers == 0) {
            produce(producer, frame);
        }
    }

    private void produce(LoadClient producer, LoadFrame frame) {
        producer.send(frame, size, ++sent);
        producer.flush();
    }

    @Override
    public String toString() {
        return name;
    }
}
