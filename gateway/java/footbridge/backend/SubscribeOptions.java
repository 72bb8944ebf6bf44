package footbridge.backend;

/// How a subscription wants its messages.
///
/// @param prefetch how many messages may be with the client, not settled yet; positive
/// @param acknowledgement who settles them
public record SubscribeOptions(int prefetch, Acknowledgement acknowledgement) {

    public SubscribeOptions {
        if (prefetch < 1) {
            throw new IllegalArgumentException("prefetch " + prefetch + " must be positive");
        }
    }

    /// Settled by the gateway when written.
    public static SubscribeOptions automatic(int prefetch) {
        return new SubscribeOptions(prefetch, Acknowledgement.AUTOMATIC);
    }
}
