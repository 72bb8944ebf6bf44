package footbridge.jms;

import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.ActiveMQInterruptedException;
import org.jspecify.annotations.Nullable;

/// Lets somebody end the wait of a client for room at a full address, which would last until there
/// is some. Nothing but that wait is ever interrupted: a call to the broker that was would leave
/// its answer to the next one.
///
/// Safe for use by any thread; one thread sends at a time.
final class RoomWait {

    private @Nullable Thread sending;
    private boolean ended;

    /// Runs `sends`, which may wait for room.
    ///
    /// @throws ActiveMQInterruptedException if the wait was ended
    void during(Sends sends) throws ActiveMQException {
        begin();
        try {
            sends.run();
        } finally {
            end();
        }
    }

    private synchronized void begin() {
        if (ended) {
            throw new ActiveMQInterruptedException(new InterruptedException("the client is gone"));
        }
        sending = Thread.currentThread();
    }

    private synchronized void end() {
        sending = null;
        if (ended) {
            Thread.interrupted(); // the interrupt was for the wait that is over
        }
    }

    /// Ends the wait under way, and lets none begin.
    synchronized void giveUp() {
        ended = true;
        if (sending != null) {
            sending.interrupt();
        }
    }

    /// Messages handed to the client library.
    interface Sends {
        void run() throws ActiveMQException;
    }
}
