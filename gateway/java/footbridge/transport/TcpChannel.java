package footbridge.transport;

import footbridge.connection.Arrival;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.impl.NetSocketInternal;

/// A client behind a plain TCP socket.
final class TcpChannel extends SocketChannel {

    private final NetSocket socket;
    private final ChannelHandlerContext netty;

    TcpChannel(NetSocket socket, Arrival arrival) {
        this(socket, ((NetSocketInternal) socket).channelHandlerContext(), arrival);
    }

    private TcpChannel(NetSocket socket, ChannelHandlerContext netty, Arrival arrival) {
        super(netty, arrival);
        this.socket = socket;
        this.netty = netty;
    }

    @Override
    FrameBuffers.Framing framing() {
        return FrameBuffers.Framing.NONE;
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
            var _ = netty.write(netty.alloc().buffer(0)).addListener(_ -> endOutput(duplex));
            netty.flush();
        } else {
            var _ = netty.close();
        }
    }

    private static void endOutput(DuplexChannel duplex) {
        SslHandler tls = duplex.pipeline().get(SslHandler.class);
        if (tls == null) {
            var _ = duplex.shutdownOutput();
        } else {
            // Without the close_notify of TLS the client would take the end for an attack.
            var _ = tls.closeOutbound();
        }
    }
}
