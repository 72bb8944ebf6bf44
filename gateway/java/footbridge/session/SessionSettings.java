package footbridge.session;

import footbridge.stomp.HeartBeat;

/// What a session is told by the operator.
///
/// @param server the `server` header of CONNECTED
/// @param heartBeat what the gateway can do and wants, in milliseconds
/// @param subscriptions how many a connection may have
public record SessionSettings(
        String server,
        HeartBeat heartBeat,
        int subscriptions,
        TransactionLimits transactions,
        AnswerLimits answers) {

    /// B3, B4: each direction beats at the slower of the two wishes, and not at all if one has
    /// none.
    HeartBeat agree(HeartBeat client) {
        return new HeartBeat(
                slower(heartBeat.outgoing(), client.incoming()),
                slower(client.outgoing(), heartBeat.incoming()));
    }

    private static int slower(int sender, int receiver) {
        return sender == 0 || receiver == 0 ? 0 : Math.max(sender, receiver);
    }
}
