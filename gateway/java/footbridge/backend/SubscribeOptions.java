package footbridge.backend;

/// How a subscription wants its messages.
///
/// @param prefetch how many messages may be with the client, not settled yet; positive
/// @param acknowledgement who settles them
/// @param selection which of them; on JMS only
public record SubscribeOptions(int prefetch, Acknowledgement acknowledgement, Selection selection) {

    public SubscribeOptions {
        if (prefetch < 1) {
            throw new IllegalArgumentException("prefetch " + prefetch + " must be positive");
        }
    }

    /// Every message.
    public SubscribeOptions(int prefetch, Acknowledgement acknowledgement) {
        this(prefetch, acknowledgement, Selection.ALL);
    }

    /// Settled by the gateway when written.
    public static SubscribeOptions automatic(int prefetch) {
        return new SubscribeOptions(prefetch, Acknowledgement.AUTOMATIC);
    }
}
