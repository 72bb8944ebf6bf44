package footbridge.deploy;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/// Many clients on two threads, that come back whenever they are sent away: some send, as many work
/// off what was sent, the others watch a topic.
final class Fleet implements AutoCloseable {

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2));
    private final WebSocketClient http =
            vertx.createWebSocketClient(new WebSocketClientOptions().setMaxConnections(100_000));
    private final List<FleetClient> clients = new CopyOnWriteArrayList<>();
    private final AtomicInteger connected = new AtomicInteger();
    private final Ledger ledger;
    private final int port;
    private volatile boolean sending = true;

    Fleet(int port, Ledger ledger) {
        this.port = port;
        this.ledger = ledger;
    }

    /// @param heedsRetryAfter whether it waits as long as it is asked to
    void join(FleetClient.Role role, String name, boolean heedsRetryAfter) {
        var client = new FleetClient(this, role, name, heedsRetryAfter);
        clients.add(client);
        client.connect();
    }

    /// Clients that are connected and, where they subscribe, subscribed.
    int connected() {
        return connected.get();
    }

    int size() {
        return clients.size();
    }

    void stopSending() {
        sending = false;
    }

    boolean sending() {
        return sending;
    }

    Vertx vertx() {
        return vertx;
    }

    WebSocketClient http() {
        return http;
    }

    int port() {
        return port;
    }

    Ledger ledger() {
        return ledger;
    }

    AtomicInteger present() {
        return connected;
    }

    @Override
    public void close() {
        clients.forEach(FleetClient::leave);
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
