package footbridge.session;

/// The bounds of a session's transactions.
///
/// @param open how many may be open at once
/// @param frames how many frames one may hold
/// @param bytes how many octets of bodies one may hold
public record TransactionLimits(int open, int frames, long bytes) {

    public static final TransactionLimits DEFAULTS = new TransactionLimits(64, 1_024, 1 << 20);
}
