package footbridge.telemetry;

/// How many messages have passed by a rule since its first use.
///
/// @param rule its id
/// @param received from clients
/// @param confirmed of these by the broker
/// @param delivered to clients
public record RuleTraffic(String rule, long received, long confirmed, long delivered) {}
