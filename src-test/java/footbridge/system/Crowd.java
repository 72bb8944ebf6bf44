package footbridge.system;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/// Many WebSocket clients on a few threads, all subscribed to one destination, each checking that
/// the bodies 0, 1, 2 ... come in order.
final class Crowd implements AutoCloseable {

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2));
    private final WebSocketClient http;
    private final List<WebSocket> sockets = new CopyOnWriteArrayList<>();
    private final AtomicInteger subscribed = new AtomicInteger();
    private final AtomicInteger complete = new AtomicInteger();
    private final AtomicLong delivered = new AtomicLong();
    private final List<String> faults = new CopyOnWriteArrayList<>();
    private final int port;
    private final int messages;

    /// @param messages how many each client waits for
    Crowd(int port, int messages) {
        this.port = port;
        this.messages = messages;
        this.http =
                vertx.createWebSocketClient(
                        new WebSocketClientOptions().setMaxConnections(100_000));
    }

    /// Connects and subscribes clients, some at a time.
    void join(int clients, String destination) {
        int step = 25;
        for (int joined = 0; joined < clients; joined += step) {
            List<Future<WebSocket>> batch = new CopyOnWriteArrayList<>();
            for (int i = 0; i < Math.min(step, clients - joined); i++) {
                batch.add(open(destination));
            }
            Future.all(batch).toCompletionStage().toCompletableFuture().join();
        }
    }

    private Future<WebSocket> open(String destination) {
        return http.connect(port, "localhost", "/stomp")
                .onSuccess(socket -> {
                    sockets.add(socket);
                    socket.textMessageHandler(new Member(socket, destination)::received);
                    socket.closeHandler(_ -> faults.add("closed " + socket.closeReason()));
                    socket.writeTextMessage("CONNECT\naccept-version:1.2\n\n\0");
                });
    }

    int subscribed() {
        return subscribed.get();
    }

    /// Clients that have got everything.
    int complete() {
        return complete.get();
    }

    long delivered() {
        return delivered.get();
    }

    List<String> faults() {
        return faults;
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private final class Member {
        private final WebSocket socket;
        private final String destination;
        private int next;

        Member(WebSocket socket, String destination) {
            this.socket = socket;
            this.destination = destination;
        }

        void received(String frame) {
            if (frame.startsWith("MESSAGE")) {
                message(frame);
            } else if (frame.startsWith("CONNECTED")) {
                socket.writeTextMessage(
                        "SUBSCRIBE\nid:0\nreceipt:s\ndestination:" + destination + "\n\n\0");
            } else if (frame.startsWith("RECEIPT")) {
                subscribed.incrementAndGet();
            } else if (frame.startsWith("ERROR")) {
                faults.add(frame);
            }
        }

        private void message(String frame) {
            delivered.incrementAndGet();
            int body = frame.indexOf("\n\n") + 2;
            String text = frame.substring(body, frame.length() - 1).strip();
            if (!text.equals(String.valueOf(next))) {
                faults.add("expected " + next + " and got " + text);
            }
            next++;
            if (next == messages) {
                complete.incrementAndGet();
            }
        }
    }
}
