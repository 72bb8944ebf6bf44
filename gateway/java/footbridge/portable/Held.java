package footbridge.portable;

import footbridge.backend.BackendFailure;
import footbridge.backend.TransactedSend;
import jakarta.jms.JMSException;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/// A message that a lane has read and its client has not settled. It is all that the lane's
/// transaction has read, so a commit or rollback means this message only.
///
/// The lane waits in [#awaitEnd] meanwhile and leaves its session to whoever settles, which is the
/// connection's thread.
final class Held {

    private final Place place;
    private final CountDownLatch end = new CountDownLatch(1);
    private volatile boolean written;
    private volatile boolean givenBack;

    Held(Place place) {
        this.place = place;
    }

    /// The client's socket has taken it.
    void markWritten() {
        written = true;
    }

    /// Whether the client has it, and can settle it no more.
    boolean lostAtClient() {
        return written && place.live().lost();
    }

    /// The broker forgets the message. Blocks for a round trip.
    void acknowledge() throws BackendFailure {
        acknowledgeWith(List.of());
    }

    /// The broker forgets the message and takes others: all of it or nothing. Blocks for a round
    /// trip for each.
    void acknowledgeWith(List<TransactedSend> sends) throws BackendFailure {
        mustNotBeLost();
        givenBack = true; // unless the commit says otherwise
        try {
            TransactedWork.commit(place.live(), place.session(), sends);
            givenBack = false;
        } finally {
            end.countDown();
        }
    }

    /// The broker, or the provider in its name, counts a failed attempt and delivers the message
    /// again by its own policy. Blocks for a round trip.
    void giveBack() throws BackendFailure {
        mustNotBeLost();
        givenBack = true;
        try {
            place.session().rollback();
        } catch (JMSException e) {
            throw Failures.ofCall(place.live(), e);
        } finally {
            end.countDown();
        }
    }

    private void mustNotBeLost() throws BackendFailure {
        if (place.live().lost()) {
            throw Failures.heldMessagesLost();
        }
    }

    /// Nobody will settle it: the subscription ends, or the link is lost.
    void drop() {
        end.countDown();
    }

    void dropIfLost() {
        if (place.live().lost()) {
            drop();
        }
    }

    /// Returns when the lane may go on.
    ///
    /// @return whether the message was given back to a broker that may have left it with this
    ///   lane's consumer
    boolean awaitEnd() throws InterruptedException {
        end.await();
        return givenBack;
    }
}
