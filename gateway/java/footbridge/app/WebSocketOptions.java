package footbridge.app;

import footbridge.transport.WebSocketTransport;
import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.vertx.core.http.HttpServerOptions;
import jakarta.inject.Singleton;

/// Tells the HTTP server which WebSocket sub-protocols it may answer with, and how long a WebSocket
/// frame may be: clients put a whole STOMP frame into one.
@Singleton
public class WebSocketOptions implements HttpServerOptionsCustomizer {

    /// Room for the head of the STOMP frame with the largest body.
    private static final int HEAD = 1 << 20;

    private final FootbridgeSettings settings;

    WebSocketOptions(FootbridgeSettings settings) {
        this.settings = settings;
    }

    @Override
    public void customizeHttpServer(HttpServerOptions options) {
        int longest = Math.toIntExact(settings.limits().body().asLongValue() + HEAD);
        options.setWebSocketSubProtocols(WebSocketTransport.SUB_PROTOCOLS)
                .setMaxWebSocketFrameSize(longest)
                .setMaxWebSocketMessageSize(longest)
                .setRegisterWebSocketWriteHandlers(false);
    }

    @Override
    public void customizeHttpsServer(HttpServerOptions options) {
        customizeHttpServer(options);
    }
}
