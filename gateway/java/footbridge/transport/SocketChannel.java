package footbridge.transport;

import footbridge.connection.Arrival;
import footbridge.connection.ClientChannel;
import footbridge.connection.Connection;
import footbridge.connection.OutgoingFrame;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// What WebSocket and TCP have in common: gathered writes on the socket's event loop, and an
/// orderly end that takes a bounded time.
abstract class SocketChannel implements ClientChannel {

    /// How long a client may take to read its last frame and close.
    private static final long LINGER_MILLIS = 2_000;

    private final ChannelHandlerContext netty;
    private final Arrival arrival;
    private final Inflow inflow = new Inflow();
    private boolean closing;

    SocketChannel(ChannelHandlerContext netty, Arrival arrival) {
        this.netty = netty;
        this.arrival = arrival;
        RequestDeadline.of(netty.channel()).ifPresent(RequestDeadline::begin);
    }

    final void serve(Connection served) {
        inflow.into(served);
    }

    @Override
    public final Arrival arrival() {
        return arrival;
    }

    /// Octets have come in. The event loop; the buffer is ours from here on.
    final void received(Buffer buffer) {
        inflow.received(buffer);
    }

    final void gone() {
        inflow.gone();
    }

    @Override
    public final void write(List<OutgoingFrame> frames, Runnable done) {
        netty.executor().execute(() -> writeNow(frames, done));
    }

    private void writeNow(List<OutgoingFrame> frames, Runnable done) {
        List<ByteBuf> buffers = FrameBuffers.of(frames, framing(), netty.alloc());
        int last = buffers.size() - 1;
        for (int i = 0; i < last; i++) {
            var _ = netty.write(buffers.get(i), netty.voidPromise());
        }
        var _ = netty.write(buffers.get(last)).addListener(_ -> done.run());
        netty.flush();
    }

    /// What the transport puts before each frame; the socket's Netty pipeline takes the whole as it
    /// is.
    abstract FrameBuffers.Framing framing();

    /// Not at once where the event loop itself asks: a [#resume] before it may still wait its turn,
    /// and would undo it.
    @Override
    public final void pause() {
        netty.executor().execute(this::pauseReading);
    }

    @Override
    public final void resume() {
        netty.executor().execute(this::resumeReading);
    }

    abstract void pauseReading();

    abstract void resumeReading();

    @Override
    public final void close(int webSocketCode, String reason) {
        netty.executor().execute(() -> closeNow(webSocketCode, reason));
    }

    private void closeNow(int webSocketCode, String reason) {
        if (closing) {
            return;
        }
        closing = true;
        inflow.stop();
        // Unread octets in the kernel's buffer would turn our close into a reset, which can take
        // the last frame from the client: so go on reading, and drop what comes.
        resumeReading();
        sayGoodbye(webSocketCode, reason);
        Runnable giveUp =
                () -> {
                    var _ = netty.close();
                };
        var _ = netty.executor().schedule(giveUp, LINGER_MILLIS, TimeUnit.MILLISECONDS);
    }

    /// Tells the client, after all that was written, that nothing more will come.
    abstract void sayGoodbye(int webSocketCode, String reason);
}
