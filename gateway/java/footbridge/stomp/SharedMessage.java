package footbridge.stomp;

import java.nio.ByteBuffer;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the MESSAGE frames of one message have in common for all subscribers of one version:
/// headers and body. Measured when it is made, and encoded once for all but the first of them.
/// Immutable for those who use it; any thread may.
public final class SharedMessage {

    private static final String LENGTH = "content-length";

    private final Version version;
    private final Map<String, String> headers;
    private final ByteBuffer body;
    private final boolean utf8;

    /// In octets; the whole rest of the frame where there is no body.
    private final int headLength;

    private boolean written;
    private volatile byte @Nullable [] head;

    private SharedMessage(
            Version version, Map<String, String> headers, ByteBuffer body, boolean utf8) {
        this.version = version;
        this.headers = headers;
        this.body = body;
        this.utf8 = utf8;
        headLength =
                HeadText.headersLength(Escaping.of(version), headers, SharedMessage::isNotShared)
                        + HeadText.headerLength(LENGTH, body.remaining())
                        + (body.hasRemaining() ? 1 : 2);
    }

    /// @param version that of the subscribers
    /// @param headers in the order in which subscribers shall see them; those that only the server
    ///   may set for a subscriber are left out. Whoever hands them over never changes them again
    /// @param body kept, and not copied: whoever hands it over never writes to it nor moves it
    public static SharedMessage of(Version version, Map<String, String> headers, ByteBuffer body) {
        return new SharedMessage(version, headers, body, Utf8.isValid(body));
    }

    /// As [#of], for a body that is known to be valid UTF-8 and so is not looked at.
    public static SharedMessage ofText(
            Version version, Map<String, String> headers, ByteBuffer body) {
        return new SharedMessage(version, headers, body, true);
    }

    /// Headers of the subscriber, whose part of the head comes first; and ours.
    private static boolean isNotShared(String name) {
        return switch (name) {
            case "subscription", "message-id", "ack", "destination", "dropped", LENGTH -> true;
            default -> false;
        };
    }

    /// The length of the shared part, in octets: the NUL at the end is in it.
    public int size() {
        return headLength + (body.hasRemaining() ? Math.addExact(body.remaining(), 1) : 0);
    }

    /// Whether the frame may travel in a WebSocket message of type TEXT (W7).
    public boolean utf8() {
        return utf8;
    }

    Version version() {
        return version;
    }

    /// Shared: nobody writes to it or moves it.
    ByteBuffer body() {
        return body;
    }

    /// Writes what comes before the body: for the first subscriber straight from the headers, which
    /// is all that a message of a queue needs, and for others from octets made once.
    ///
    /// Threads that write at the same time may each take theirs for the first, or make the octets.
    void writeHead(ByteBuffer target) {
        byte[] made = head;
        if (made == null && !written) {
            written = true;
            encode(target);
            return;
        }
        if (made == null) {
            made = new byte[headLength];
            encode(ByteBuffer.wrap(made));
            head = made;
        }
        target.put(made);
    }

    private void encode(ByteBuffer target) {
        HeadText.writeHeaders(Escaping.of(version), headers, SharedMessage::isNotShared, target);
        HeadText.writeHeader(LENGTH, body.remaining(), target);
        target.put((byte) '\n');
        if (!body.hasRemaining()) {
            target.put((byte) 0);
        }
    }
}
