package footbridge.connection.report;

/// One subscription at a moment, for operators.
///
/// @param id the client's name for it
/// @param settledBy `auto` where the gateway settles its messages, else `client`
/// @param delivered messages that its client's socket has taken
/// @param held messages that the client has not settled
/// @param waiting messages that wait in the gateway for the client's socket
public record SubscriptionView(
        String id,
        String destination,
        String rule,
        String settledBy,
        long delivered,
        int held,
        int waiting) {}
