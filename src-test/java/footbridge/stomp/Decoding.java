package footbridge.stomp;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Short forms of decoding for tests; in texts `^@` stands for NUL.
final class Decoding {

    private Decoding() {}

    static byte[] octets(String wire) {
        return wire.replace("^@", "\0").getBytes(StandardCharsets.UTF_8);
    }

    /// A decoder past CONNECT.
    static FrameDecoder decoder(Version version, DecoderLimits limits) {
        FrameDecoder decoder = new FrameDecoder(limits);
        try {
            byte[] connect = FrameWriter.connect(version).bytes();
            decoder.decode(connect, 0, connect.length, _ -> {});
        } catch (ProtocolViolation violation) {
            throw new AssertionError(violation);
        }
        decoder.connected();
        return decoder;
    }

    static FrameDecoder decoder(Version version) {
        return decoder(version, DecoderLimits.DEFAULTS);
    }

    static List<Frame> feed(FrameDecoder decoder, byte[] octets) throws ProtocolViolation {
        List<Frame> frames = new ArrayList<>();
        decoder.decode(octets, 0, octets.length, frames::add);
        return frames;
    }

    static List<Frame> feed(FrameDecoder decoder, String wire) throws ProtocolViolation {
        return feed(decoder, octets(wire));
    }

    static List<Frame> frames(Version version, String wire) throws ProtocolViolation {
        return feed(decoder(version), wire);
    }

    static Frame frame(Version version, String wire) throws ProtocolViolation {
        return frames(version, wire).getFirst();
    }

    /// The first frame of a connection.
    static Frame first(String wire) throws ProtocolViolation {
        return feed(new FrameDecoder(DecoderLimits.DEFAULTS), wire).getFirst();
    }

    static ProtocolViolation violation(FrameDecoder decoder, String wire) {
        return catchThrowableOfType(ProtocolViolation.class, () -> feed(decoder, wire));
    }

    static ProtocolViolation violation(Version version, String wire) {
        return violation(decoder(version), wire);
    }

    static String body(Frame frame) {
        return StandardCharsets.UTF_8.decode(frame.body()).toString();
    }

    /// What `frame` looks like on the wire, with `^@` for NUL.
    static String wire(WireFrame frame) {
        return new String(frame.toBytes(), StandardCharsets.UTF_8).replace("\0", "^@");
    }
}
