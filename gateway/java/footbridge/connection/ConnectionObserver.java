package footbridge.connection;

/// Hears what happens to connections. Called on many threads; must return at once.
public interface ConnectionObserver {

    /// A client's socket is open.
    void opened();

    /// A connection has ended.
    ///
    /// @param reason `disconnect`, `gone` or the code of the ERROR frame that ended it
    void closed(String reason);

    /// A client's message goes to its broker.
    void sendStarted();

    /// The broker has confirmed a client's message.
    void sendConfirmed();

    /// Messages were dropped because their client read too slowly, as its rule wants it.
    void dropped(int messages);

    /// MESSAGE frames have been given to a client's socket.
    void delivered(int messages);
}
