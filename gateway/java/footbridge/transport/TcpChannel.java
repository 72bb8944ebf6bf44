package footbridge.transport;

import footbridge.connection.OutgoingFrame;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.DuplexChannel;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.impl.NetSocketInternal;
import java.util.List;

/// A client behind a plain TCP socket.
final class TcpChannel extends SocketChannel {

    private final NetSocket socket;
    private final ChannelHandlerContext netty;

    TcpChannel(NetSocket socket) {
        this(socket, ((NetSocketInternal) socket).channelHandlerContext());
    }

    private TcpChannel(NetSocket socket, ChannelHandlerContext netty) {
        super(netty, socket.remoteAddress().toString(), Arrivals.of(socket));
        this.socket = socket;
        this.netty = netty;
    }

    @Override
    List<ByteBuf> encode(List<OutgoingFrame> frames, ByteBufAllocator allocator) {
        return FrameBuffers.of(frames, allocator);
    }

    @Override
    void pauseReading() {
        socket.pause();
    }

    @Override
    void resumeReading() {
        socket.resume();
    }

    /// Half a close: the client sees the end of our stream and can still be read from.
    @Override
    void sayGoodbye(int webSocketCode, String reason) {
        if (netty.channel() instanceof DuplexChannel duplex && netty.channel().isActive()) {
            var _ =
                    netty.write(netty.alloc().buffer(0))
                            .addListener(_ -> {
                                var _ = duplex.shutdownOutput();
                            });
            netty.flush();
        } else {
            var _ = netty.close();
        }
    }
}
