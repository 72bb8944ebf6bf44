package footbridge.jms.link;

import java.lang.System.Logger.Level;
import java.time.Duration;
import org.apache.activemq.artemis.api.core.ActiveMQException;

/// Closes something of the client library. That blocks for a whole call timeout where the broker
/// does not answer, so it is done on a virtual thread of its own.
public interface Closing {

    /// Longest wait for the broker to take notice; the close goes on without the waiter.
    Duration LONGEST_WAIT = Duration.ofSeconds(2);

    void close() throws ActiveMQException;

    /// The same, done once: whoever comes second waits for the first.
    static Closing once(Closing closing) {
        return new Closing() {

            private boolean begun;

            @Override
            public synchronized void close() throws ActiveMQException {
                if (!begun) {
                    begun = true;
                    closing.close();
                }
            }
        };
    }

    /// Starts `closing` and returns.
    static Thread aside(Closing closing) {
        return Thread.ofVirtual().name("close").start(() -> run(closing));
    }

    /// Starts `closing` and returns when it is done, or has taken too long, or has nobody to talk
    /// to because `link` is lost.
    static void andWait(LiveLink link, Closing closing) {
        Thread thread = aside(closing);
        if (link.lost()) {
            return;
        }
        try {
            thread.join(LONGEST_WAIT);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private static void run(Closing closing) {
        try {
            closing.close();
        } catch (ActiveMQException e) {
            System.getLogger(Closing.class.getName())
                    .log(Level.DEBUG, "close failed reason={0}", e.getMessage());
        }
    }
}
