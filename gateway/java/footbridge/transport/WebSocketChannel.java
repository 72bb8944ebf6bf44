package footbridge.transport;

import footbridge.connection.Arrival;
import footbridge.connection.OutgoingFrame;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.net.impl.ConnectionBase;
import java.util.List;

/// A client behind a WebSocket. One STOMP frame is one WebSocket message, TEXT if the whole frame
/// is valid UTF-8 and BINARY if not (STOMP-RULES W7, ambiguity 24).
final class WebSocketChannel extends SocketChannel {

    private final ServerWebSocket socket;

    /// @param connection what the socket was upgraded from; Vert.x Web hides it behind a wrapper
    WebSocketChannel(ServerWebSocket socket, HttpConnection connection, Arrival arrival) {
        super(
                ((ConnectionBase) connection).channelHandlerContext(),
                socket.remoteAddress().toString(),
                arrival);
        this.socket = socket;
    }

    @Override
    List<WebSocketFrame> encode(List<OutgoingFrame> frames, ByteBufAllocator allocator) {
        return frames.stream().map(frame -> message(frame, allocator)).toList();
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
