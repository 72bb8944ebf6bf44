package footbridge.connection.report;

import footbridge.backend.Settlement.Outcome;

/// Hears what happens to the messages of one rule. Called for every message, on many threads: must
/// return at once and should allocate nothing.
public interface RuleObserver {

    /// Clients' messages go to the broker.
    ///
    /// @param bytes octets of the body
    void sent(int bytes);

    /// The broker has confirmed a client's message.
    ///
    /// @param nanos since the gateway took it in hand
    /// @param receipt whether the client asked for a RECEIPT
    void confirmed(long nanos, boolean receipt);

    /// A client's socket has taken a MESSAGE.
    ///
    /// @param bytes octets of the body
    /// @param nanos since the broker handed it over
    /// @param redelivered whether the broker had delivered it before
    void delivered(int bytes, long nanos, boolean redelivered);

    /// A client has settled a message, or the gateway in its name.
    void settled(Outcome outcome);

    /// Messages made room for newer ones, because their client reads too slowly.
    void dropped(int messages);
}
