package footbridge.conversations;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// One thing that a client does or meets in a conversation.
sealed interface Step {

    /// The client's name within the conversation.
    String client();

    /// It sends these octets, one element a write.
    record Says(String client, Octets octets) implements Step {}

    /// It gets this frame next.
    ///
    /// @param name under which the conversation speaks of it later; may be absent
    /// @param headers `name:value` lines
    /// @param body empty if any will do
    /// @param anyOrder whether neighbours of the same kind may come before it
    record Hears(
            String client,
            String command,
            Optional<String> name,
            List<String> headers,
            Optional<Octets> body,
            boolean anyOrder)
            implements Step {}

    /// The server ends the connection, and nothing comes before that.
    ///
    /// @param code of the WebSocket; empty if any will do
    record IsEnded(String client, OptionalInt code) implements Step {}

    /// The server sends an end of line between frames.
    record HearsHeartBeat(String client) implements Step {}

    /// It ends the connection itself.
    ///
    /// @param abruptly without a word
    record Leaves(String client, boolean abruptly) implements Step {}
}
