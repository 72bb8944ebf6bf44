package footbridge.backend;

/// A message that goes out with its transaction, or not at all.
public record TransactedSend(Target target, Message message) {}
