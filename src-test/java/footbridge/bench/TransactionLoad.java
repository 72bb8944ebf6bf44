package footbridge.bench;

import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;

/// Four producers that send ten messages in a transaction, one transaction after the other.
final class TransactionLoad extends Load {

    private static final int PRODUCERS = 4;
    private static final int SENDS = 10;
    private static final int SIZE = 256;
    private static final AtomicInteger QUEUES = new AtomicInteger();

    private final String queue = "bench.transactions" + QUEUES.incrementAndGet();
    private final LoadFrame begin = LoadFrame.of("BEGIN\ntransaction:t\n\n\0");
    private final LoadFrame commit = LoadFrame.of("COMMIT\ntransaction:t\nreceipt:c\n\n\0");
    private final LoadFrame send =
            LoadFrame.send("/queue/" + queue, "persistent:true\ntransaction:t\n", SIZE);

    @Override
    void start(LoadLoop loop) throws IOException, InterruptedException {
        for (LoadClient client : loop.connect(PRODUCERS)) {
            client.inLoop(() -> {
                client.listen(this::committed);
                transact(client);
                client.flush();
            });
        }
    }

    private void committed(LoadClient client, ByteBuf octets, int from, int to) {
        count++;
        transact(client);
    }

    private void transact(LoadClient client) {
        client.send(begin);
        for (int i = 0; i < SENDS; i++) {
            client.send(send);
        }
        client.send(commit);
    }

    @Override
    String leftover() {
        return queue;
    }

    @Override
    public String toString() {
        return "transactions of 10 sends";
    }
}
