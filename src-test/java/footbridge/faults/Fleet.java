package footbridge.faults;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntSupplier;

/// What clients of a run share: one event loop, on which all of them live, the way to the gateway,
/// and the count of ERROR frames by their codes.
final class Fleet implements AutoCloseable {

    private static final int CONNECT_TIMEOUT_MS = 5_000;

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final WebSocketClient http =
            vertx.createWebSocketClient(
                    new WebSocketClientOptions()
                            .setConnectTimeout(CONNECT_TIMEOUT_MS)
                            .setMaxConnections(100_000));
    private final Map<String, Integer> errors = new ConcurrentHashMap<>();
    private final IntSupplier port;

    /// @param port where the gateway is now
    Fleet(IntSupplier port) {
        this.port = port;
    }

    Future<WebSocket> open() {
        return http.connect(port.getAsInt(), "localhost", "/stomp");
    }

    void later(int millis, Runnable action) {
        vertx.setTimer(Math.max(1, millis), _ -> action.run());
    }

    void error(String code) {
        errors.merge(code, 1, Integer::sum);
    }

    /// How many ERROR frames of each code have come.
    Map<String, Integer> errors() {
        return errors;
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
