package footbridge.bench.codec;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.stomp.DefaultStompFrame;
import io.netty.handler.codec.stomp.StompCommand;
import io.netty.handler.codec.stomp.StompFrame;
import io.netty.handler.codec.stomp.StompHeaders;
import io.netty.handler.codec.stomp.StompSubframeAggregator;
import io.netty.handler.codec.stomp.StompSubframeDecoder;
import io.netty.handler.codec.stomp.StompSubframeEncoder;

/// Netty's: decoder, aggregator and encoder in a pipeline, on pooled direct buffers.
final class NettyCodec implements Codec {

    private static final int LARGEST = 16 * 1024 * 1024;

    private final EmbeddedChannel channel;
    private final ByteBuf send;
    private final byte[] body;
    private int found;
    private int written;
    private long number;

    NettyCodec(Sample sample) {
        body = sample.body();
        byte[] wire = sample.send();
        send = PooledByteBufAllocator.DEFAULT.directBuffer(wire.length).writeBytes(wire);
        channel =
                new EmbeddedChannel(
                        new Socket(),
                        new StompSubframeDecoder(),
                        new StompSubframeAggregator(LARGEST),
                        new StompSubframeEncoder(),
                        new Application());
    }

    /// Where a socket would write: it takes the buffer's view for NIO.
    private final class Socket extends ChannelOutboundHandlerAdapter {
        @Override
        public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
            ByteBuf octets = (ByteBuf) message;
            written += octets.internalNioBuffer(0, octets.readableBytes()).remaining();
            octets.release();
        }
    }

    private final class Application extends SimpleChannelInboundHandler<StompFrame> {
        @Override
        protected void channelRead0(ChannelHandlerContext context, StompFrame frame) {
            StompHeaders headers = frame.headers();
            found =
                    headers.getAsString(StompHeaders.DESTINATION).length()
                            + headers.getAsString(StompHeaders.RECEIPT).length()
                            + headers.getAsString(StompHeaders.CONTENT_TYPE).length()
                            + frame.content().readableBytes();
        }
    }

    @Override
    public int decode() {
        channel.pipeline().fireChannelRead(send.retainedDuplicate());
        return found;
    }

    @Override
    public int encode() {
        var frame = new DefaultStompFrame(StompCommand.MESSAGE, Unpooled.wrappedBuffer(body));
        String id = "connection-1-" + ++number;
        frame.headers()
                .set(StompHeaders.SUBSCRIPTION, Sample.SUBSCRIPTION)
                .set(StompHeaders.DESTINATION, Sample.DESTINATION)
                .set(StompHeaders.MESSAGE_ID, id)
                .set(StompHeaders.ACK, id)
                .set(StompHeaders.CONTENT_TYPE, "text/plain")
                .set("timestamp", "1764115200000")
                .setInt(StompHeaders.CONTENT_LENGTH, body.length);
        written = 0;
        var _ = channel.pipeline().write(frame, channel.voidPromise());
        return written;
    }
}
