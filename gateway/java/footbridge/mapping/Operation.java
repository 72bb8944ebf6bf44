package footbridge.mapping;

/// What a client wants to do at a destination.
public enum Operation {
    SEND,
    SUBSCRIBE
}
