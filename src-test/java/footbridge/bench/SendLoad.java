package footbridge.bench;

import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;

/// Four producers that send persistent messages to a queue with receipts.
final class SendLoad extends Load {

    private static final int PRODUCERS = 4;
    private static final AtomicInteger QUEUES = new AtomicInteger();

    private final int window;
    private final int size;
    private final String queue = "bench.sends" + QUEUES.incrementAndGet();
    private final LoadFrame frame;

    /// @param window messages without a RECEIPT that a producer may have
    SendLoad(int window, int size) {
        this.window = window;
        this.size = size;
        frame = LoadFrame.send("/queue/" + queue, "persistent:true\nreceipt:r\n", size);
    }

    @Override
    void start(LoadLoop loop) throws IOException, InterruptedException {
        for (LoadClient client : loop.connect(PRODUCERS)) {
            client.inLoop(() -> {
                client.listen(this::receipt);
                for (int i = 0; i < window; i++) {
                    client.send(frame);
                }
                client.flush();
            });
        }
    }

    private void receipt(LoadClient client, ByteBuf octets, int from, int to) {
        count++;
        client.send(frame);
    }

    @Override
    String leftover() {
        return queue;
    }

    @Override
    public String toString() {
        return "send %d B, window %d".formatted(size, window);
    }
}
