package footbridge.connection.report;

import java.time.Instant;
import java.util.Optional;

/// An ERROR frame that has ended a connection.
///
/// @param user as which the client is known; empty if it is not
/// @param code the frame's, stable
/// @param text what the client was told
/// @param rule that of the frame which was refused, where one is known
public record Refused(
        Instant at,
        String connection,
        String user,
        String address,
        String code,
        String text,
        Optional<String> rule) {}
