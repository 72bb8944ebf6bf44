package footbridge.mapping;

import java.util.OptionalInt;

/// How much one client may do under one rule.
///
/// @param body octets in the body of a SEND
/// @param sendsPerSecond SENDs a second on the average; a client that sends more is not read from
///   for a while
/// @param subscriptions at once on one connection
public record Limits(OptionalInt body, OptionalInt sendsPerSecond, OptionalInt subscriptions) {

    static final Limits NONE =
            new Limits(OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty());
}
