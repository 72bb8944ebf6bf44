package footbridge.transport.sockjs;

import footbridge.connection.Connections;
import footbridge.transport.Arrivals;
import footbridge.transport.OriginPolicy;
import io.netty.channel.ChannelHandlerContext;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.sockjs.SockJSHandler;
import io.vertx.ext.web.handler.sockjs.SockJSHandlerOptions;
import io.vertx.ext.web.handler.sockjs.SockJSSocket;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// STOMP over SockJS, for browsers behind proxies that do not let WebSockets through: Vert.x Web's
/// own handler, with the gateway's origin policy and back-pressure in front.
public final class SockJsTransport {

    private final Vertx vertx;
    private final Connections connections;
    private final OriginPolicy origins;
    private final Arrivals arrivals;
    private final SockJsSettings settings;
    private final Map<String, SockJsChannel> sessions = new ConcurrentHashMap<>();

    public SockJsTransport(
            Vertx vertx,
            Connections connections,
            OriginPolicy origins,
            Arrivals arrivals,
            SockJsSettings settings) {
        this.vertx = vertx;
        this.connections = connections;
        this.origins = origins;
        this.arrivals = arrivals;
        this.settings = settings;
    }

    /// Answers at `path` and below. What goes to `path`/websocket, without SockJS' framing (J14),
    /// is not for this handler: mount a [WebSocketTransport] there before.
    public void mount(Router router, String path) {
        var guard = new SockJsGuard(origins);
        router.route(path + "*").handler(guard::check);
        for (String send : new String[] {"xhr_send", "jsonp_send"}) {
            String post = path + "/:server/:session/" + send;
            router.post(post).handler(this::awaitTurn);
            router.post(post).handler(this::read);
            router.post(post).handler(SockJsTransport::refuseWhatIsNoString);
        }
        router.route(path + "*")
                .subRouter(
                        SockJSHandler.create(vertx, options(settings)).socketHandler(this::serve));
    }

    static SockJSHandlerOptions options(SockJsSettings settings) {
        return new SockJSHandlerOptions()
                .setSessionTimeout(settings.sessionTimeout().toMillis())
                .setHeartbeatInterval(settings.heartBeat().toMillis())
                .setMaxBytesStreaming(settings.streamingLimit())
                .setLibraryURL(settings.libraryUrl())
                .setInsertJSESSIONID(settings.cookie());
    }

    private Optional<SockJsInbox> inbox(RoutingContext post) {
        return Optional.ofNullable(sessions.get(post.pathParam("session")))
                .map(SockJsChannel::inbox);
    }

    private void awaitTurn(RoutingContext post) {
        Optional<SockJsInbox> inbox = inbox(post);
        if (inbox.isEmpty()) {
            post.next();
            return;
        }
        post.request().pause();
        Context own = vertx.getOrCreateContext();
        Runnable read =
                () -> {
                    post.addEndHandler(_ -> inbox.get().finished());
                    own.runOnContext(_ -> post.next());
                };
        if (!inbox.get().admit(read)) {
            post.response().setStatusCode(503).end("Send one request after the other.\n");
        }
    }

    private void read(RoutingContext post) {
        boolean known = inbox(post).filter(SockJsInbox::isConnected).isPresent();
        SockJsBody.read(post, known ? settings.largestPost() : settings.firstPost());
    }

    private static void refuseWhatIsNoString(RoutingContext post) {
        if (JsonStrings.only(post)) {
            post.next();
        } else {
            post.response().setStatusCode(500).end("Broken JSON encoding.");
        }
    }

    private void serve(SockJSSocket socket) {
        RoutingContext opening = socket.routingContext();
        Optional<ChannelHandlerContext> beneath =
                socket.uri().contains("/websocket")
                        ? Optional.of(netty(opening.request().connection()))
                        : Optional.empty();
        var channel =
                new SockJsChannel(
                        socket,
                        (ContextInternal) vertx.getOrCreateContext(),
                        arrivals.of(opening.request(), "sockjs"),
                        settings.sessionTimeout().toMillis(),
                        beneath);
        String session = opening.pathParam("param0");
        channel.serve(connections.open(channel), settings.firstPost());
        if (beneath.isEmpty()) {
            sessions.put(session, channel);
        }
        socket.handler(channel::received);
        socket.closeHandler(_ -> {
            sessions.remove(session, channel);
            channel.gone();
        });
        // A socket error is followed by its close; there is nobody left to tell more.
        socket.exceptionHandler(_ -> {});
    }

    private static ChannelHandlerContext netty(HttpConnection connection) {
        return ((ConnectionBase) connection).channelHandlerContext();
    }
}
