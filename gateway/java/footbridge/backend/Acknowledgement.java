package footbridge.backend;

/// Who decides that the broker may forget a message.
public enum Acknowledgement {
    /// The gateway, when the client's socket has taken the frame.
    AUTOMATIC,
    /// The client, by settling each message it was sent.
    BY_CLIENT
}
