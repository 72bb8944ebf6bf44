package footbridge.app;

import footbridge.app.settings.Bounds;
import footbridge.app.settings.FootbridgeSettings;
import footbridge.transport.WebSocketTransport;
import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.vertx.core.http.HttpServerOptions;
import jakarta.inject.Singleton;

/// Tells the HTTP server which WebSocket sub-protocols it may answer with, how long a WebSocket
/// frame may be (clients put a whole STOMP frame into one), and whether it asks for certificates.
@Singleton
public class WebSocketOptions implements HttpServerOptionsCustomizer {

    private final FootbridgeSettings settings;

    WebSocketOptions(FootbridgeSettings settings) {
        this.settings = settings;
    }

    @Override
    public void customizeHttpServer(HttpServerOptions options) {
        int longest = Bounds.message(settings.limits());
        options.setWebSocketSubProtocols(WebSocketTransport.SUB_PROTOCOLS)
                .setMaxWebSocketFrameSize(longest)
                .setMaxWebSocketMessageSize(longest)
                // W12: Netty inflates without a limit, so a small frame could fill the memory.
                .setPerMessageWebSocketCompressionSupported(false)
                .setPerFrameWebSocketCompressionSupported(false)
                .setRegisterWebSocketWriteHandlers(false);
    }

    @Override
    public void customizeHttpsServer(HttpServerOptions options) {
        customizeHttpServer(options);
        options.setClientAuth(settings.login().clientCertificates());
    }
}
