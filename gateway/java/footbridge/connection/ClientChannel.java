package footbridge.connection;

import java.util.List;

/// One client's socket, whatever carries it. Every method may be called on any thread, returns at
/// once, and takes effect in the order of the calls.
public interface ClientChannel {

    /// Whether frames that are not valid UTF-8 can be written. SockJS has strings only.
    default boolean carriesBinary() {
        return true;
    }

    /// The client is being told CONNECTED: what held only before that ends.
    default void connected() {}

    /// How the client came in.
    Arrival arrival();

    /// Writes frames, flushed together.
    ///
    /// @param done run once, on any thread, when the socket has taken the octets or has failed
    void write(List<OutgoingFrame> frames, Runnable done);

    /// Stops reading from the client until [#resume].
    void pause();

    void resume();

    /// Closes when everything written before has gone out, or after a bounded time; the last frame
    /// is not lost to a reset while the client still reads (STOMP-RULES C12, D2).
    ///
    /// @param webSocketCode what a WebSocket client is told (RFC 6455, 7.4.1)
    /// @param reason the same in a word
    void close(int webSocketCode, String reason);
}
