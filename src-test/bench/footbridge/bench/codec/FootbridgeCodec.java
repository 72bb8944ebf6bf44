package footbridge.bench.codec;

import footbridge.stomp.DecoderLimits;
import footbridge.stomp.Frame;
import footbridge.stomp.FrameDecoder;
import footbridge.stomp.Headers;
import footbridge.stomp.SharedMessage;
import footbridge.stomp.SubscriberHead;
import footbridge.stomp.Version;
import footbridge.stomp.WireFrame;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/// Ours: octets that are the decoder's from then on, as a socket's buffers are; and a MESSAGE with
/// one subscriber, so that nothing is shared, whose body is known to be text, written into a pooled
/// direct buffer.
final class FootbridgeCodec implements Codec {

    private static final byte[] CONNECT =
            "CONNECT\naccept-version:1.2\nhost:h\n\n\0".getBytes(StandardCharsets.US_ASCII);

    /// As the transport does, which hands over larger bodies as they are.
    private static final int COPIED = 4 * 1024;

    private final FrameDecoder decoder = new FrameDecoder(DecoderLimits.DEFAULTS);
    private final SubscriberHead subscriber =
            new SubscriberHead(
                    Version.V1_2,
                    Optional.of(Sample.SUBSCRIPTION),
                    Sample.DESTINATION,
                    "connection-1");
    private final Map<String, String> headers = Sample.messageHeaders();
    private final ByteBuffer body;
    private final byte[] send;

    /// A field, since a frame waits for its socket: the compiler must not do without it.
    private WireFrame frame = WireFrame.heartBeat();

    private int found;
    private long number;

    FootbridgeCodec(Sample sample) throws Exception {
        body = ByteBuffer.wrap(sample.body());
        send = sample.send();
        decoder.decode(CONNECT, 0, CONNECT.length, _ -> {});
        decoder.connected();
    }

    @Override
    public int decode() throws Exception {
        decoder.decode(send, 0, send.length, this::decoded);
        return found;
    }

    private void decoded(Frame frame) {
        Headers headers = frame.headers();
        found =
                headers.first("destination").orElseThrow().length()
                        + headers.first("receipt").orElseThrow().length()
                        + headers.first("content-type").orElseThrow().length()
                        + frame.body().remaining();
    }

    @Override
    public int encode() {
        var shared = SharedMessage.ofText(Version.V1_2, headers, body);
        frame = subscriber.message(shared, ++number, true);
        boolean large = body.remaining() > COPIED;
        int own = large ? frame.size() - body.remaining() : frame.size();
        ByteBuf buffer = PooledByteBufAllocator.DEFAULT.directBuffer(own);
        ByteBuffer target = buffer.internalNioBuffer(0, own);
        if (!large) {
            frame.writeTo(target);
            buffer.release();
            return own;
        }
        frame.writeHead(target);
        target.put((byte) 0);
        ByteBuf apart = Unpooled.wrappedBuffer(frame.body());
        int octets = own + apart.readableBytes();
        apart.release();
        buffer.release();
        return octets;
    }
}
