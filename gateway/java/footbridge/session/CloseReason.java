package footbridge.session;

import java.time.Duration;

/// Why a connection ends: the close code that a WebSocket client sees (RFC 6455, 7.4.1), and the
/// word under which the operator finds it counted.
///
/// @param word an error's code, or `disconnect`, or `gone` when the client simply went away
/// @param text what the client sees beside the close code
public record CloseReason(int webSocketCode, String word, String text) {

    /// The client asked for it.
    public static final CloseReason DISCONNECT = new CloseReason(1000, "disconnect", "disconnect");

    /// The client's socket is gone; there is nobody to tell.
    public static final CloseReason GONE = new CloseReason(1001, "gone", "gone");

    /// An ERROR frame went ahead and said why.
    public static CloseReason error(String code) {
        return new CloseReason(1008, code, code);
    }

    /// The gateway goes away; the client should come back, to another replica perhaps.
    ///
    /// @param retryAfter when
    public static CloseReason restart(Duration retryAfter) {
        String word = ErrorCode.SHUTTING_DOWN.code();
        return new CloseReason(
                1012, word, "%s retry-after=%dms".formatted(word, retryAfter.toMillis()));
    }

    /// Whether the client vanished, and may have choked on what it was sent.
    public boolean clientLost() {
        return equals(GONE) || word.equals(ErrorCode.HEART_BEAT_MISSED.code());
    }
}
