package footbridge.transport.sockjs;

import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.util.ReferenceCountUtil;

/// Ends a SockJS session whose client sends something else than strings over its WebSocket (J10).
/// Vert.x Web's handler would fail on it, and the log would show a fault of ours.
///
/// Confined to the socket's event loop.
final class SockJsFrames extends ChannelInboundHandlerAdapter {

    private JsonStrings strings = new JsonStrings();
    private boolean refused;

    private SockJsFrames() {}

    /// Looks from now on at what comes to `socket`.
    static void check(ChannelHandlerContext socket) {
        socket.pipeline().addBefore(socket.name(), null, new SockJsFrames());
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (!refused && (!(message instanceof WebSocketFrame frame) || fits(frame))) {
            context.fireChannelRead(message);
            return;
        }
        ReferenceCountUtil.release(message);
        if (!refused) {
            refused = true;
            refuse(context);
        }
    }

    /// A message may come in several frames; SockJS knows no binary ones, and ignores them.
    private boolean fits(WebSocketFrame frame) {
        if (frame instanceof TextWebSocketFrame) {
            strings = new JsonStrings();
        } else if (!(frame instanceof ContinuationWebSocketFrame)) {
            return true;
        }
        return frame.content().forEachByte(octet -> strings.takes(octet & 0xff)) < 0;
    }

    private static void refuse(ChannelHandlerContext context) {
        var close =
                new CloseWebSocketFrame(
                        WebSocketCloseStatus.INVALID_PAYLOAD_DATA, "Broken JSON encoding.");
        var _ = context.writeAndFlush(close).addListener(ChannelFutureListener.CLOSE);
    }
}
