package footbridge.portable;

import jakarta.jms.JMSException;
import java.lang.System.Logger.Level;
import java.time.Duration;

/// Closes something of the provider's. That may block for long where the broker does not answer, so
/// it is done on a virtual thread of its own.
interface Closing {

    /// Longest wait for the broker to take notice; the close goes on without the waiter.
    Duration LONGEST_WAIT = Duration.ofSeconds(2);

    void close() throws JMSException;

    /// Starts `closing` and returns.
    static Thread aside(Closing closing) {
        return Thread.ofVirtual().name("close").start(() -> run(closing));
    }

    /// Starts `closing` and returns when it is done or has taken too long.
    static void andWait(Closing closing) {
        join(aside(closing));
    }

    /// Returns when `closing` has ended or has taken too long.
    static void join(Thread closing) {
        try {
            closing.join(LONGEST_WAIT);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private static void run(Closing closing) {
        try {
            closing.close();
        } catch (JMSException | RuntimeException e) {
            System.getLogger(Closing.class.getName())
                    .log(Level.DEBUG, "close failed reason={0}", e.getMessage());
        }
    }
}
