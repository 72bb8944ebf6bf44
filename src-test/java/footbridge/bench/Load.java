package footbridge.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/// One kind of load: clients that work as fast as they can until they are closed.
enum Load {
    /// Four producers with 64 messages on the way each, persistent, 256 octets, with receipts.
    SENDS {
        @Override
        void start(Clients clients) throws IOException {
            for (int i = 0; i < 4; i++) {
                clients.produce("/queue/bench.sends", 64, clients.counted);
            }
        }
    },
    /// One producer and two consumers of a queue, which acknowledge each message by itself.
    QUEUE {
        @Override
        void start(Clients clients) throws IOException {
            for (int i = 0; i < 2; i++) {
                clients.consume("/queue/bench.queue", "client-individual");
            }
            clients.produce("/queue/bench.queue", 64, new AtomicLong());
        }
    },
    /// One producer and a hundred subscribers of a topic; deliveries are counted.
    FANOUT {
        @Override
        void start(Clients clients) throws IOException {
            for (int i = 0; i < 100; i++) {
                clients.consume("/topic/bench", "auto");
            }
            clients.produce("/topic/bench", 16, new AtomicLong());
        }
    };

    private static final String BODY = "x".repeat(256);

    abstract void start(Clients clients) throws IOException;

    /// Messages a second that got to where they should.
    ///
    /// @param port where the gateway takes STOMP over TCP
    /// @param warm left out of the count
    double measure(int port, Duration warm, Duration counted)
            throws IOException, InterruptedException {
        try (Clients clients = new Clients(port)) {
            start(clients);
            Thread.sleep(warm);
            long before = clients.counted.get();
            long start = System.nanoTime();
            Thread.sleep(counted);
            long messages = clients.counted.get() - before;
            clients.check();
            return messages * 1e9 / (System.nanoTime() - start);
        }
    }

    /// The clients of one run, each with a thread of its own, which ends with its socket.
    static final class Clients implements AutoCloseable {

        final AtomicLong counted = new AtomicLong();
        private final int port;
        private final List<BenchClient> open = new ArrayList<>();
        private volatile boolean closing;
        private volatile String failure = "";

        Clients(int port) {
            this.port = port;
        }

        void produce(String destination, int window, AtomicLong receipts) throws IOException {
            BenchClient client = client();
            String frame =
                    "SEND\ndestination:%s\ncontent-type:text/plain\nreceipt:r\n\n%s\0"
                            .formatted(destination, BODY);
            run(() -> {
                for (int i = 0; i < window; i++) {
                    client.write(frame);
                }
                while (true) {
                    client.expect("RECEIPT");
                    receipts.incrementAndGet();
                    client.write(frame);
                }
            });
        }

        void consume(String destination, String ack) throws IOException {
            BenchClient client = client();
            client.subscribe(destination, ack);
            boolean acknowledges = !ack.equals("auto");
            run(() -> {
                while (true) {
                    client.expect("MESSAGE");
                    counted.incrementAndGet();
                    if (acknowledges) {
                        client.write("ACK\nid:%s\n\n\0".formatted(client.header("ack")));
                    }
                }
            });
        }

        private BenchClient client() throws IOException {
            BenchClient client = new BenchClient(port);
            open.add(client);
            return client;
        }

        private void run(Work work) {
            Thread.ofVirtual()
                    .start(() -> {
                        try {
                            work.run();
                        } catch (IOException e) {
                            failure = closing ? failure : String.valueOf(e.getMessage());
                        }
                    });
        }

        void check() throws IOException {
            if (!failure.isEmpty()) {
                throw new IOException(failure);
            }
        }

        @Override
        public void close() throws IOException {
            closing = true;
            for (BenchClient client : open) {
                client.close();
            }
        }

        private interface Work {
            void run() throws IOException;
        }
    }
}
