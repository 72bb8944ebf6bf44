package footbridge.backend;

import java.time.Duration;

/// Takes what a subscription brings. Called on the backend's threads, in the order of delivery, and
/// never by two of them at once for the same subscription. All but those that wait for room return
/// at once.
public interface Subscriber {

    /// Waits until one more message is welcome. Only a reader that serves this subscriber alone
    /// calls it, before it takes a message from the broker; a shared reader waits for nobody.
    default void awaitRoom() throws InterruptedException {}

    /// As [#awaitRoom()], for a reader that can do without its place meanwhile.
    ///
    /// @return whether there is room; if not, `most` has passed
    default boolean awaitRoom(Duration most) throws InterruptedException {
        awaitRoom();
        return true;
    }

    void deliver(Delivery delivery);

    /// Takes a message of a reader that has waited for room, before a shared reader takes over.
    default void replay(Delivery delivery) {
        deliver(delivery);
    }

    /// Takes a message of a shared reader if there is room, and says whether it has. If not, the
    /// subscriber lags behind and is none of that reader any more.
    default boolean offer(Delivery delivery) {
        deliver(delivery);
        return true;
    }

    /// The client has settled a message where that is flow control only: it may have one more.
    default void settled() {}

    /// The subscription has ended by itself and will deliver nothing more.
    void ended(BackendFailure why);
}
