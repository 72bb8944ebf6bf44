package footbridge.stomp;

/// How much of anything a client may send (L1, L2, L3).
///
/// @param command longest command line, in octets
/// @param headerLine longest header line, in octets as they stand on the wire
/// @param headers most header lines of a frame, repeated ones included
/// @param body largest body, in octets
/// @param beforeConnected most octets, of whatever kind, until [FrameDecoder#connected()]
public record DecoderLimits(
        int command, int headerLine, int headers, int body, int beforeConnected) {

    public static final DecoderLimits DEFAULTS =
            new DecoderLimits(64, 16 * 1024, 1000, 16 * 1024 * 1024, 64 * 1024);

    public DecoderLimits {
        if (command < 1 || headerLine < 1 || headers < 1 || body < 0 || beforeConnected < 1) {
            throw new IllegalArgumentException("a limit is too small for any frame");
        }
    }
}
