package footbridge.bench.codec;

import footbridge.stomp.DecoderLimits;
import footbridge.stomp.Frame;
import footbridge.stomp.FrameDecoder;
import footbridge.stomp.Headers;
import footbridge.stomp.SharedMessage;
import footbridge.stomp.SubscriberHead;
import footbridge.stomp.Version;
import footbridge.stomp.WireFrame;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/// Ours: octets that are the decoder's from then on, as a socket's buffers are; and a MESSAGE with
/// one subscriber, so that nothing is shared.
final class FootbridgeCodec implements Codec {

    private static final byte[] CONNECT =
            "CONNECT\naccept-version:1.2\nhost:h\n\n\0".getBytes(StandardCharsets.US_ASCII);

    /// As the transport does, which copies small frames to a socket's buffer and no large ones.
    private static final int COPIED = 4 * 1024;

    private final FrameDecoder decoder = new FrameDecoder(DecoderLimits.DEFAULTS);
    private final SubscriberHead subscriber =
            new SubscriberHead(
                    Version.V1_2,
                    Optional.of(Sample.SUBSCRIPTION),
                    Sample.DESTINATION,
                    "connection-1");
    private final Map<String, String> headers = Sample.messageHeaders();
    private final byte[] body;
    private final byte[] send;
    private final ByteBuffer socket = ByteBuffer.allocateDirect(COPIED);
    private int found;
    private long number;

    FootbridgeCodec(Sample sample) throws Exception {
        body = sample.body();
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
        var shared = SharedMessage.of(Version.V1_2, headers, ByteBuffer.wrap(body));
        WireFrame frame = subscriber.message(shared, ++number, true);
        if (frame.size() <= COPIED) {
            frame.copyTo(socket.clear());
            return socket.position();
        }
        int octets = 0;
        for (int i = 0; i < frame.parts(); i++) {
            octets += frame.part(i).remaining();
        }
        return octets;
    }
}
