package footbridge.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.websocketx.WebSocketFrameDecoder;

/// Bounds what a WebSocket client may send before it is connected. Netty gathers a WebSocket frame
/// as a whole before the STOMP decoder, with its exact limit, sees any of it; this stands before
/// Netty's decoder and stops a frame that is too long while it comes in.
///
/// Confined to the socket's event loop.
public final class FirstOctets extends ChannelInboundHandlerAdapter {

    /// For the heads of WebSocket frames, which the limit does not count.
    private static final long FRAMING = 4 * 1024;

    private final Runnable tooMuch;
    private long left;

    private FirstOctets(int limit, Runnable tooMuch) {
        this.left = limit + FRAMING;
        this.tooMuch = tooMuch;
    }

    /// Begins to count what comes into the pipeline of `socket`, which has just become a WebSocket.
    ///
    /// @param tooMuch run once, when the limit is passed; what comes from then on is dropped
    public static FirstOctets of(ChannelHandlerContext socket, int limit, Runnable tooMuch) {
        var guard = new FirstOctets(limit, tooMuch);
        String decoder = socket.pipeline().context(WebSocketFrameDecoder.class).name();
        socket.pipeline().addBefore(decoder, null, guard);
        return guard;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (!(message instanceof ByteBuf octets)) {
            context.fireChannelRead(message);
            return;
        }
        boolean within = left >= 0;
        left -= octets.readableBytes();
        if (left >= 0) {
            context.fireChannelRead(octets);
            return;
        }
        octets.release();
        if (within) {
            tooMuch.run();
        }
    }

    /// The client is connected: ends the counting. The socket's event loop.
    public void lift(ChannelHandlerContext socket) {
        if (socket.pipeline().context(this) != null) {
            socket.pipeline().remove(this);
        }
    }
}
