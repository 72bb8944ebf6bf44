package footbridge.transport;

import footbridge.connection.Arrival;
import footbridge.connection.Connection;
import footbridge.connection.OutgoingFrame;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.net.impl.ConnectionBase;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A client behind a WebSocket. One STOMP frame is one WebSocket message, TEXT if the whole frame
/// is valid UTF-8 and BINARY if not (STOMP-RULES W7, ambiguity 24).
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
    List<WebSocketFrame> encode(List<OutgoingFrame> frames, ByteBufAllocator allocator) {
        List<WebSocketFrame> messages = new ArrayList<>(frames.size());
        for (OutgoingFrame frame : frames) {
            messages.add(message(frame, allocator));
        }
        return messages;
    }

    private static WebSocketFrame message(OutgoingFrame frame, ByteBufAllocator allocator) {
        ByteBuf octets = FrameBuffers.of(frame, allocator);
        return frame.utf8() ? new TextWebSocketFrame(octets) : new BinaryWebSocketFrame(octets);
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
