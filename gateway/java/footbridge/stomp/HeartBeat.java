package footbridge.stomp;

/// What one side offers in its `heart-beat` header (B2).
///
/// @param outgoing smallest interval at which it can send something, in ms; 0: it cannot
/// @param incoming interval at which it wants to receive something, in ms; 0: it need not
public record HeartBeat(int outgoing, int incoming) {

    /// What a missing header means (B1).
    public static final HeartBeat NONE = new HeartBeat(0, 0);

    public HeartBeat {
        if (outgoing < 0 || incoming < 0) {
            throw new IllegalArgumentException("a heart-beat interval is negative");
        }
    }

    /// @throws ProtocolViolation if `text` is not two non-negative integers with a comma between
    ///   them (ambiguity 32)
    public static HeartBeat parse(String text) throws ProtocolViolation {
        int comma = text.indexOf(',');
        if (comma < 0) {
            throw invalid();
        }
        return new HeartBeat(
                milliseconds(text.substring(0, comma)), milliseconds(text.substring(comma + 1)));
    }

    /// The value of the header.
    public String text() {
        return outgoing + "," + incoming;
    }

    private static int milliseconds(String digits) throws ProtocolViolation {
        if (digits.isEmpty() || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw invalid();
        }
        try {
            return Integer.parseInt(digits);
        } catch (NumberFormatException _) {
            throw invalid();
        }
    }

    private static ProtocolViolation invalid() {
        return new ProtocolViolation(
                ProtocolViolation.INVALID_HEADER,
                "The header heart-beat must be two numbers of milliseconds with a comma between");
    }
}
