package footbridge.jms;

/// By which account a broker knows the clients of the gateway.
public enum Accounts {
    /// By that of the gateway.
    GATEWAY,
    /// Each by its own; the gateway's is for the link itself, and for questions about dead letters.
    CLIENT
}
