package footbridge.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.AttributeKey;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Closes a socket on which no request comes in time, or not all of its head: neither silence nor
/// single octets keep it open. STOMP connections have a deadline of their own and are left alone.
///
/// Confined to the socket's event loop.
public final class RequestDeadline extends ChannelInboundHandlerAdapter {

    private static final AttributeKey<RequestDeadline> KEY =
            AttributeKey.valueOf(RequestDeadline.class, "deadline");

    private final Channel channel;
    private final Duration patience;
    private int underWay;
    private @Nullable ScheduledFuture<?> timer;

    private RequestDeadline(Channel channel, Duration patience) {
        this.channel = channel;
        this.patience = patience;
    }

    /// The socket has just been accepted, and has no event loop yet.
    static void start(Channel channel, Duration patience) {
        var deadline = new RequestDeadline(channel, patience);
        channel.attr(KEY).set(deadline);
        channel.pipeline().addFirst(deadline);
    }

    public static Optional<RequestDeadline> of(Channel channel) {
        return Optional.ofNullable(channel.attr(KEY).get());
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        if (underWay == 0) {
            await();
        }
        context.fireChannelActive();
        context.pipeline().remove(this);
    }

    private void await() {
        timer =
                channel.eventLoop()
                        .schedule(this::close, patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void close() {
        var _ = channel.close();
    }

    /// A request has come.
    public void begin() {
        underWay++;
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }

    /// A request has been answered; the next is waited for.
    void end() {
        underWay--;
        if (underWay == 0 && channel.isActive()) {
            await();
        }
    }
}
