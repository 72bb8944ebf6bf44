package footbridge.connection;

import java.time.Duration;

/// How the clients of a node that goes away are sent to others, without all of them coming there at
/// once.
///
/// @param rate clients that are told in a second; more where the time would not do
/// @param timeout longest wait until all are told and what brokers were given is confirmed
/// @param retryAfter longest pause that clients are asked for before they come back; each is asked
///   for one of its own
public record Departure(int rate, Duration timeout, Duration retryAfter) {

    /// Everybody at once, for who has no others to come to.
    public static final Departure AT_ONCE =
            new Departure(1_000_000, Duration.ofSeconds(5), Duration.ZERO);
}
