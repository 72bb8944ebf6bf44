package footbridge.session;

import java.util.Set;

/// The bounds of a session's transactions.
///
/// @param open how many may be open at once
/// @param frames how many frames one may hold
/// @param bytes how many octets of bodies one may hold
/// @param singleAck names of the brokers whose transactions can have one ACK and no NACK
public record TransactionLimits(int open, int frames, long bytes, Set<String> singleAck) {

    public static final TransactionLimits DEFAULTS =
            new TransactionLimits(64, 1_024, 1 << 20, Set.of());

    public TransactionLimits {
        singleAck = Set.copyOf(singleAck);
    }
}
