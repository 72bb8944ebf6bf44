package footbridge.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;

/// A STOMP frame as a WebSocket message that costs nothing to make again: its mask is zero, so that
/// places in it can be overwritten.
final class LoadFrame {

    private static final int SHORT = 126;
    private static final int LONG = 65_536;
    private static final int MASK_BYTES = 4;

    private final byte[] octets;

    private LoadFrame(byte[] octets) {
        this.octets = octets;
    }

    /// @param frame ASCII, with its NUL
    static LoadFrame of(String frame) {
        byte[] text = frame.getBytes(US_ASCII);
        byte[] head = head(text.length);
        byte[] octets = Arrays.copyOf(head, head.length + text.length);
        System.arraycopy(text, 0, octets, head.length, text.length);
        return new LoadFrame(octets);
    }

    private static byte[] head(int length) {
        int bytes = length < SHORT ? 0 : length < LONG ? 2 : 8;
        byte[] head = new byte[2 + bytes + MASK_BYTES];
        head[0] = (byte) 0x81;
        head[1] = (byte) (0x80 | (bytes == 0 ? length : bytes == 2 ? SHORT : SHORT + 1));
        for (int i = 0; i < bytes; i++) {
            head[1 + bytes - i] = (byte) ((long) length >> (8 * i));
        }
        return head;
    }

    /// A SEND; its body begins with a [Stamp] that is still empty if there is room for one.
    static LoadFrame send(String destination, String headers, int body) {
        String text = Stamp.EMPTY.length() <= body ? Stamp.EMPTY : "";
        return of(
                "SEND\ndestination:%s\ncontent-type:text/plain\n%s\n%s\0"
                        .formatted(destination, headers, text + "x".repeat(body - text.length())));
    }

    byte[] octets() {
        return octets;
    }

    /// Where the body of `size` octets begins.
    int bodyStart(int size) {
        return octets.length - size - 1;
    }
}
