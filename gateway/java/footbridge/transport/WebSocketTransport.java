package footbridge.transport;

import footbridge.connection.Arrival;
import footbridge.connection.Connection;
import footbridge.connection.Connections;
import io.netty.channel.ChannelHandlerContext;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// STOMP over WebSocket, as a route of the gateway's HTTP server.
public final class WebSocketTransport {

    /// What the HTTP server must be told it may answer with, best first.
    public static final List<String> SUB_PROTOCOLS = List.of("v12.stomp", "v11.stomp", "v10.stomp");

    static final CharSequence SUB_PROTOCOL = HttpHeaders.createOptimized("Sec-WebSocket-Protocol");

    private final Connections connections;
    private final OriginPolicy origins;
    private final Arrivals arrivals;
    private final int beforeConnected;

    /// @param beforeConnected octets that a client may send before it is connected
    public WebSocketTransport(
            Connections connections, OriginPolicy origins, Arrivals arrivals, int beforeConnected) {
        this.connections = connections;
        this.origins = origins;
        this.arrivals = arrivals;
        this.beforeConnected = beforeConnected;
    }

    /// Answers WebSocket upgrades at `path`; other requests there get a 4xx that says why.
    public void mount(Router router, String path) {
        router.route(path).handler(this::upgrade);
    }

    private void upgrade(RoutingContext context) {
        HttpServerRequest request = context.request();
        if (!"websocket".equalsIgnoreCase(request.getHeader(HttpHeaders.UPGRADE))) {
            context.response()
                    .setStatusCode(426)
                    .putHeader(HttpHeaders.UPGRADE, "websocket")
                    .end("STOMP over WebSocket is spoken here: connect with a WebSocket client.\n");
            return;
        }
        if (!origins.admits(request)) {
            context.response()
                    .setStatusCode(403)
                    .end("Pages of this origin may not connect; the operator can allow them.\n");
            return;
        }
        Optional<Duration> leaving = connections.leaving();
        if (leaving.isPresent()) {
            refuse(context, leaving.get());
            return;
        }
        Arrival arrival = arrivals.of(request, "websocket");
        offerOnly(request);
        request.toWebSocket()
                .onSuccess(socket -> serve(socket, request.connection(), arrival))
                .onFailure(context::fail);
    }

    /// The gateway goes away.
    private static void refuse(RoutingContext context, Duration retryAfter) {
        context.response()
                .setStatusCode(503)
                .putHeader("Retry-After", Long.toString(retryAfter.toSeconds() + 1))
                .end("This server is about to stop: try again, perhaps another replica answers.\n");
    }

    /// W3, ambiguity 25: the best of what the client offers is the answer, whatever its order; what
    /// it did not offer never is.
    private static void offerOnly(HttpServerRequest request) {
        String offered = String.join(",", request.headers().getAll(SUB_PROTOCOL));
        Optional<String> best =
                SUB_PROTOCOLS.stream().filter(name -> contains(offered, name)).findFirst();
        request.headers().remove(SUB_PROTOCOL);
        best.ifPresent(name -> request.headers().set(SUB_PROTOCOL, name));
    }

    private static boolean contains(String offered, String name) {
        for (String item : offered.split(",", -1)) {
            if (item.strip().equals(name)) {
                return true;
            }
        }
        return false;
    }

    /// Vert.x does not look whether a TEXT message is UTF-8.
    private static void checkText(HttpConnection connection) {
        ChannelHandlerContext netty = ((ConnectionBase) connection).channelHandlerContext();
        netty.pipeline().addBefore(netty.name(), "utf8", new TextCheck());
    }

    private void serve(ServerWebSocket socket, HttpConnection http, Arrival arrival) {
        checkText(http);
        var channel = new WebSocketChannel(socket, http, arrival);
        Connection connection = connections.open(channel);
        channel.serve(connection);
        channel.guard(beforeConnected, connection);
        socket.handler(channel::received);
        socket.closeHandler(_ -> channel.gone());
        // A socket error is followed by its close; there is nobody left to tell more.
        socket.exceptionHandler(_ -> {});
    }
}
