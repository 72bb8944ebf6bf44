package footbridge.connection;

import footbridge.stomp.DecoderLimits;
import java.time.Duration;

/// The bounds of one client connection.
///
/// @param frames how fast frames may come
/// @param timeToConnect how long a client may take to CONNECT
/// @param queuedBytes longest queue of a topic's messages towards one client, in octets
/// @param queuedMessages the same in messages
/// @param unconfirmedSends how many messages may be with brokers that have not confirmed them; the
///   client is not read from while there are more
/// @param unconfirmedBytes the same in octets of body
public record ConnectionSettings(
        DecoderLimits decoder,
        FrameLimit frames,
        Duration timeToConnect,
        long queuedBytes,
        int queuedMessages,
        int unconfirmedSends,
        long unconfirmedBytes) {}
