package footbridge.stomp;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Set;

/// What the MESSAGE frames of one message have in common for all subscribers of one version:
/// headers and body, encoded once. Immutable; any thread may use it.
public final class SharedMessage {

    /// Those of the subscriber, whose part of the head comes first; and ours.
    private static final Set<String> NOT_SHARED =
            Set.of("subscription", "message-id", "ack", "destination", "dropped", "content-length");

    private static final ByteBuffer NUL = ByteBuffer.wrap(new byte[1]).asReadOnlyBuffer();

    private static final String LENGTH = "content-length";

    private final Version version;

    /// The whole rest of the frame where there is no body.
    private final byte[] head;

    private final ByteBuffer body;
    private final boolean utf8;

    private SharedMessage(Version version, byte[] head, ByteBuffer body) {
        this.version = version;
        this.head = head;
        this.body = body;
        this.utf8 = Utf8.isValid(body);
    }

    /// @param version that of the subscribers
    /// @param headers in the order in which subscribers shall see them; those that only the server
    ///   may set for a subscriber are left out
    /// @param body not copied: whoever hands it over never writes to it again
    public static SharedMessage of(Version version, Map<String, String> headers, ByteBuffer body) {
        ByteBuffer own = body.asReadOnlyBuffer();
        String length = Integer.toString(own.remaining());
        int end = own.hasRemaining() ? 1 : 2;
        int expected =
                HeadWriter.length(headers, NOT_SHARED) + HeadWriter.length(LENGTH, length) + end;
        HeadWriter head =
                new HeadWriter(Escaping.of(version), expected)
                        .headers(headers, NOT_SHARED)
                        .header(LENGTH, length)
                        .octet('\n');
        if (!own.hasRemaining()) {
            head.octet(0);
        }
        return new SharedMessage(version, head.toBytes(), own);
    }

    /// The length of the shared part, in octets: the NUL at the end is in it.
    public int size() {
        return head.length + (body.hasRemaining() ? Math.addExact(body.remaining(), 1) : 0);
    }

    /// Whether the frame may travel in a WebSocket message of type TEXT (W7).
    public boolean utf8() {
        return utf8;
    }

    Version version() {
        return version;
    }

    /// How many parts there are.
    int parts() {
        return body.hasRemaining() ? 3 : 1;
    }

    /// One part, in a read-only buffer of the caller's own.
    ByteBuffer part(int i) {
        return switch (i) {
            case 0 -> ByteBuffer.wrap(head).asReadOnlyBuffer();
            case 1 -> body.duplicate();
            default -> NUL.duplicate();
        };
    }

    /// Copies the whole into `target`.
    void copyTo(ByteBuffer target) {
        target.put(head);
        int length = body.remaining();
        if (length > 0) {
            int at = target.position();
            target.put(at, body, body.position(), length);
            target.position(at + length).put((byte) 0);
        }
    }
}
