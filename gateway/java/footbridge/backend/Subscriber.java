package footbridge.backend;

/// Takes what a subscription brings. Called on the backend's threads, in the order of delivery, and
/// never by two of them at once for the same subscription. All but [#awaitRoom] return at once.
public interface Subscriber {

    /// Waits until one more message is welcome. Only a reader that serves this subscriber alone
    /// calls it, before it takes a message from the broker; a shared reader waits for nobody.
    default void awaitRoom() throws InterruptedException {}

    void deliver(Delivery delivery);

    /// The subscription has ended by itself and will deliver nothing more.
    void ended(BackendFailure why);
}
