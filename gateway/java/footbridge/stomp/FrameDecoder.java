package footbridge.stomp;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Turns the octets of one connection into frames, wherever the chunks are cut (F10).
///
/// One thread at a time may decode; [#connected()] and [#version()] may be called from any.
public final class FrameDecoder {

    private final HeadReader head;
    private final BodyReader body;

    private volatile boolean connected;
    private volatile @Nullable Version version;

    private int allowance;
    private boolean inBody;
    private Headers headers = Headers.EMPTY;
    private @Nullable ProtocolViolation failure;

    public FrameDecoder(DecoderLimits limits) {
        head = new HeadReader(limits);
        body = new BodyReader(limits.body());
        allowance = limits.beforeConnected();
    }

    /// Decodes what has arrived and hands every complete frame to `sink`.
    ///
    /// @param octets kept as long as a body in it is: the caller never writes to it again
    /// @throws ProtocolViolation if the client broke the protocol; the decoder is dead then and
    ///   throws the same for whatever comes next
    public void decode(byte[] octets, int offset, int length, Consumer<Frame> sink)
            throws ProtocolViolation {
        if (failure != null) {
            throw failure;
        }
        ByteBuffer chunk = ByteBuffer.wrap(octets, offset, length);
        try {
            decode(chunk, sink);
        } catch (ProtocolViolation violation) {
            failure = violation.withReceipt(head.receipt());
            head.reset();
            body.release();
            throw failure;
        } finally {
            head.release();
        }
    }

    /// What a client did that sends more than it may before it is connected.
    public static ProtocolViolation tooMuchBeforeConnected() {
        return new ProtocolViolation(
                ProtocolViolation.TOO_MUCH_BEFORE_CONNECTED,
                "Too much was sent before the session was connected");
    }

    /// The client has been sent its CONNECTED frame: the limit on what comes before it ends.
    public void connected() {
        connected = true;
    }

    /// The version whose rules the next frame is read by. A CONNECT or STOMP frame settles it as
    /// soon as it has been decoded, so that frames may follow in the same chunk (ambiguity 33); and
    /// so does a CONNECTED frame, for a decoder on the client's side. Before that it is 1.2. With
    /// no version in common (N4) it is 1.0.
    public Version version() {
        Version known = version;
        return known == null ? Version.V1_2 : known;
    }

    /// Octets of memory that an unfinished frame occupies, roughly.
    int held() {
        return head.held() + body.held();
    }

    private void decode(ByteBuffer chunk, Consumer<Frame> sink) throws ProtocolViolation {
        int end = chunk.limit();
        if (!connected) {
            int allowed = Math.min(chunk.remaining(), allowance);
            allowance -= allowed;
            read(chunk.limit(chunk.position() + allowed), sink);
            if (chunk.limit() < end && !connected) {
                throw tooMuchBeforeConnected();
            }
        }
        read(chunk.limit(end), sink);
    }

    private void read(ByteBuffer chunk, Consumer<Frame> sink) throws ProtocolViolation {
        while (inBody || readHead(chunk)) {
            if (!body.read(chunk)) {
                return;
            }
            sink.accept(frame());
        }
    }

    private boolean readHead(ByteBuffer chunk) throws ProtocolViolation {
        if (!head.read(chunk, Optional.ofNullable(version))) {
            return false;
        }
        headers = head.headers();
        if (version == null) {
            settleVersion(head.command());
        }
        body.begin(head.contentLength(), head.command().carriesBody());
        inBody = true;
        return true;
    }

    private void settleVersion(Command command) {
        Optional<Version> settled =
                command == Command.CONNECTED
                        ? headers.first("version").flatMap(Version::of)
                        : Version.negotiate(headers.first("accept-version"));
        if (command.literal()) {
            version = settled.orElse(Version.V1_0);
            headers = version == Version.V1_0 ? headers.trimmed() : headers;
        }
    }

    private Frame frame() {
        Frame frame = new Frame(head.command(), headers, body.body());
        inBody = false;
        headers = Headers.EMPTY;
        head.reset();
        body.release();
        return frame;
    }
}
