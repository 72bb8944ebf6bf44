package footbridge.backend;

import java.util.Map;

/// Messages flowing from a target to one [Subscriber], until closed.
///
/// Confined to the connection's thread.
public interface Subscription {

    /// The client's socket has taken the frame that carried `delivery`. With
    /// [Acknowledgement#AUTOMATIC] the broker may forget the message, and may send one more; else
    /// it is with the client from now on, until settled. Never blocks. Where many share a reader
    /// that waits for nobody there is nothing to be forgotten, and it need not be told.
    void accepted(Delivery delivery);

    /// What the client is told of its subscription with the RECEIPT, as headers.
    default Map<String, String> told() {
        return Map.of();
    }

    /// Ends the subscription. What is not settled goes back to the broker at once, not counted as a
    /// failed attempt where the broker can tell the difference. May block for one round trip; a
    /// dead broker link does not make it fail.
    void close();

    /// Ends the subscription for good: what the broker keeps for a durable one goes with it.
    default void delete() throws BackendFailure, InterruptedException {
        close();
    }
}
