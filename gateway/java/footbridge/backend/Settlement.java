package footbridge.backend;

/// What becomes of one delivery of a subscription whose client settles its messages.
public record Settlement(Subscription subscription, Delivery delivery, Outcome outcome) {

    /// What the broker does with the message.
    public enum Outcome {
        /// Forgets it: the client is done with it.
        ACKNOWLEDGED,
        /// Counts a failed attempt and delivers it again, by its own policy of delays and attempts.
        REDELIVER,
        /// Puts it on the dead-letter address at once.
        DEAD_LETTER,
        /// Forgets it: the client does not want it, and the rule says that nobody does.
        DISCARD
    }
}
