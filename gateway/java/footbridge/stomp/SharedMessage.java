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

    private static final byte[] NUL = {0};

    private final Version version;
    private final ByteBuffer[] parts;
    private final int size;
    private final boolean utf8;

    private SharedMessage(Version version, byte[] head, ByteBuffer body) {
        this.version = version;
        this.parts = parts(ByteBuffer.wrap(head), body, ByteBuffer.wrap(NUL));
        this.size = Math.addExact(body.remaining(), head.length + 1);
        this.utf8 = Utf8.isValid(body);
    }

    /// @param version that of the subscribers
    /// @param headers in the order in which subscribers shall see them; those that only the server
    ///   may set for a subscriber are left out
    /// @param body not copied: whoever hands it over never writes to it again
    public static SharedMessage of(Version version, Map<String, String> headers, ByteBuffer body) {
        ByteBuffer own = body.asReadOnlyBuffer();
        byte[] head =
                new HeadWriter(Escaping.of(version))
                        .headers(headers, NOT_SHARED)
                        .header("content-length", Integer.toString(own.remaining()))
                        .octet('\n')
                        .toBytes();
        return new SharedMessage(version, head, own);
    }

    /// The length of the shared part, in octets: the NUL at the end is in it.
    public int size() {
        return size;
    }

    /// Whether the frame may travel in a WebSocket message of type TEXT (W7).
    public boolean utf8() {
        return utf8;
    }

    Version version() {
        return version;
    }

    /// Nobody moves these buffers.
    ByteBuffer[] parts() {
        return parts;
    }

    private static ByteBuffer[] parts(ByteBuffer head, ByteBuffer body, ByteBuffer nul) {
        return body.hasRemaining()
                ? new ByteBuffer[] {head, body, nul}
                : new ByteBuffer[] {head, nul};
    }
}
