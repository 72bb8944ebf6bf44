package footbridge.transport.sockjs;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.sockjs.SockJSHandler;
import io.vertx.ext.web.handler.sockjs.SockJSHandlerOptions;
import io.vertx.ext.web.handler.sockjs.SockJSSocket;
import io.vertx.ext.web.handler.sockjs.Transport;
import java.util.Set;

/// The applications that the public SockJS protocol suite talks to, on the configuration that STOMP
/// is served with. For tests of conformance only: they let everybody in.
public final class SockJsEcho {

    /// What the suite counts on.
    private static final int STREAMING_LIMIT = 4096;

    private static final Set<String> SENDS = Set.of("xhr_send", "jsonp_send");

    private final Vertx vertx;
    private final SockJsSettings settings;

    public SockJsEcho(Vertx vertx, SockJsSettings settings) {
        this.vertx = vertx;
        this.settings = settings;
    }

    public void mount(Router router) {
        mount(router, "/echo", options(false), SockJsEcho::echo);
        mount(router, "/cookie_needed_echo", options(true), SockJsEcho::echo);
        mount(
                router,
                "/disabled_websocket_echo",
                options(false).addDisabledTransport(Transport.WEBSOCKET.name()),
                SockJsEcho::echo);
        mount(router, "/close", options(false), socket -> socket.close(3000, "Go away!"));
    }

    private SockJSHandlerOptions options(boolean cookie) {
        return SockJsTransport.options(settings)
                .setMaxBytesStreaming(STREAMING_LIMIT)
                .setInsertJSESSIONID(cookie);
    }

    private void mount(
            Router router,
            String path,
            SockJSHandlerOptions options,
            Handler<SockJSSocket> application) {
        router.route(path + "*").handler(SockJsGuard::announceClose);
        router.post(path + "/:server/:session/:send").handler(this::readWhatIsSent);
        router.route(path + "*")
                .subRouter(SockJSHandler.create(vertx, options).socketHandler(application));
    }

    private void readWhatIsSent(RoutingContext post) {
        if (SENDS.contains(post.pathParam("send"))) {
            SockJsBody.read(post, settings.largestPost());
        } else {
            post.next();
        }
    }

    private static void echo(SockJSSocket socket) {
        socket.handler(message -> socket.write(message.toString()));
    }
}
