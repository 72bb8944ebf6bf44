package footbridge.connection.report;

import java.time.Instant;
import java.util.List;

/// One client connection at a moment, for operators.
///
/// @param user as which the client is known; empty before it is
/// @param listener `websocket`, `sockjs`, `tcp` or `tls`
/// @param address where it comes from, without a port
/// @param sent messages that came from the client
/// @param unwritten octets that its socket has yet to take
public record ConnectionView(
        String id,
        String user,
        String listener,
        String address,
        Instant since,
        long sent,
        long unwritten,
        List<SubscriptionView> subscriptions) {}
