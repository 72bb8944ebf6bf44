package footbridge.stomp;

import java.util.Optional;
import java.util.stream.Stream;

/// The first line of a frame: what it asks for or tells. Case matters (F6).
public enum Command {
    CONNECT,
    STOMP,
    SEND,
    SUBSCRIBE,
    UNSUBSCRIBE,
    ACK,
    NACK,
    BEGIN,
    COMMIT,
    ABORT,
    DISCONNECT,
    CONNECTED,
    MESSAGE,
    RECEIPT,
    ERROR;

    private static final Command[] ALL = values();
    private static final WireWords WORDS =
            new WireWords(Stream.of(ALL).map(Command::name).toArray(String[]::new));

    /// The command that these octets spell; empty if it is none.
    static Optional<Command> of(byte[] octets, int from, int to) {
        int index = WORDS.find(octets, from, to);
        return index < 0 ? Optional.empty() : Optional.of(ALL[index]);
    }

    /// Whether this frame opens a session; STOMP is CONNECT by another name (C3).
    boolean connects() {
        return this == CONNECT || this == STOMP;
    }

    /// Whether the head is literal in every version, so that a backslash is just that (E7).
    boolean literal() {
        return connects() || this == CONNECTED;
    }

    /// Whether the frame may have a body (F11); that of any other is read and ignored.
    boolean carriesBody() {
        return this == SEND || this == MESSAGE || this == ERROR;
    }
}
