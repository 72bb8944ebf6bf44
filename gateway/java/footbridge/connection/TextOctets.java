package footbridge.connection;

import footbridge.stomp.Utf8;
import java.nio.ByteBuffer;

/// What a transport must know of octets that claim to be text.
public final class TextOctets {

    private TextOctets() {}

    /// Whether what remains in `octets` is well-formed UTF-8; the buffer's position stays.
    public static boolean areUtf8(ByteBuffer octets) {
        return Utf8.isValid(octets);
    }
}
