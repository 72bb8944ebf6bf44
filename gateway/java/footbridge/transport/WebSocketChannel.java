package footbridge.transport;

import footbridge.connection.Arrival;
import footbridge.connection.Connection;
import io.netty.channel.ChannelHandlerContext;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.net.impl.ConnectionBase;
import org.jspecify.annotations.Nullable;

/// A client behind a WebSocket.
final class WebSocketChannel extends SocketChannel {

    private final ServerWebSocket socket;
    private final ChannelHandlerContext netty;
    private @Nullable FirstOctets guard;

    /// @param connection what the socket was upgraded from; Vert.x Web hides it behind a wrapper
    WebSocketChannel(ServerWebSocket socket, HttpConnection connection, Arrival arrival) {
        this(socket, ((ConnectionBase) connection).channelHandlerContext(), arrival);
    }

    private WebSocketChannel(ServerWebSocket socket, ChannelHandlerContext netty, Arrival arrival) {
        super(netty, arrival);
        this.socket = socket;
        this.netty = netty;
    }

    /// Bounds what the client can fill Netty's buffers with until it is connected.
    void guard(int beforeConnected, Connection connection) {
        guard = FirstOctets.of(netty, beforeConnected, connection::tooMuchBeforeConnected);
    }

    @Override
    public void connected() {
        netty.executor()
                .execute(() -> {
                    if (guard != null) {
                        guard.lift(netty);
                    }
                });
    }

    @Override
    FrameBuffers.Framing framing() {
        return WebSocketFraming.INSTANCE;
    }

    @Override
    void pauseReading() {
        socket.pause();
    }

    @Override
    void resumeReading() {
        socket.resume();
    }

    @Override
    void sayGoodbye(int webSocketCode, String reason) {
        if (!socket.isClosed()) {
            socket.close((short) webSocketCode, reason);
        }
    }
}
