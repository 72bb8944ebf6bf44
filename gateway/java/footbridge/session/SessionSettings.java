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
        AnswerLimits answers) {}
