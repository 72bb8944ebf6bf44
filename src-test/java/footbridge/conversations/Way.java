package footbridge.conversations;

import java.util.EnumSet;
import java.util.Set;

/// What carries a conversation.
enum Way {
    /// The gateway's connection without any network.
    MEMORY,
    /// WebSocket, each write a text message.
    TEXT,
    /// WebSocket, each write a binary message.
    BINARY,
    TCP,
    /// SockJS over its WebSocket transport.
    SOCKJS;

    /// Those that cross a network.
    static final Set<Way> WIRES = EnumSet.complementOf(EnumSet.of(MEMORY));

    /// Whether only UTF-8 gets through.
    boolean textOnly() {
        return this == TEXT || this == SOCKJS;
    }

    /// Whether the client learns why the connection ended.
    boolean tellsCloseCode() {
        return this == TEXT || this == BINARY || this == MEMORY;
    }
}
