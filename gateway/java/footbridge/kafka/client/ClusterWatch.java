package footbridge.kafka.client;

import footbridge.backend.Backend.Availability;
import footbridge.backend.BackendFailure;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Asks again and again whether a cluster is there and keeps the last answer. Logs when the answer
/// turns, not while it stays. Safe for use by any thread.
public final class ClusterWatch implements AutoCloseable {

    /// Asks once, for a bounded time.
    interface Probe {
        Availability probe() throws InterruptedException;
    }

    private static final System.Logger LOG = System.getLogger(ClusterWatch.class.getName());
    private static final Duration CLOSING = Duration.ofSeconds(5);
    private static final Availability NOT_ASKED = new Availability(false, "not reached yet");

    private final String name;
    private final Duration interval;
    private final Probe probe;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition up = lock.newCondition();
    private final Thread thread;
    private volatile Availability last = NOT_ASKED;

    public ClusterWatch(String name, Duration interval, Probe probe) {
        this.name = name;
        this.interval = interval;
        this.probe = probe;
        this.thread = Thread.ofVirtual().name("kafka-watch-" + name).unstarted(this::watch);
    }

    public void start() {
        thread.start();
    }

    /// The last answer; never blocks.
    public Availability availability() {
        return last;
    }

    public void requireUp() throws BackendFailure {
        if (!last.up()) {
            throw Failures.unavailable();
        }
    }

    /// Waits until the cluster is there, at most for `timeout`, and says whether it is.
    public boolean awaitUp(Duration timeout) throws InterruptedException {
        if (last.up()) {
            return true;
        }
        lock.lock();
        try {
            long left = timeout.toNanos();
            while (!last.up() && left > 0) {
                left = up.awaitNanos(left);
            }
            return last.up();
        } finally {
            lock.unlock();
        }
    }

    /// Stops asking; from now on the cluster counts as away.
    @Override
    public void close() {
        closing.countDown();
        thread.interrupt();
        try {
            thread.join(CLOSING);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        last = new Availability(false, "closed");
    }

    private void watch() {
        try {
            do {
                keep(ask());
            } while (!closing.await(interval.toNanos(), TimeUnit.NANOSECONDS));
        } catch (InterruptedException e) {
            LOG.log(Level.DEBUG, "Kafka watch interrupted name={0}", name);
        }
    }

    private Availability ask() throws InterruptedException {
        try {
            return probe.probe();
        } catch (RuntimeException e) {
            return new Availability(false, e.toString());
        }
    }

    private void keep(Availability answer) {
        Availability before = last;
        lock.lock();
        try {
            last = answer;
            if (answer.up()) {
                up.signalAll();
            }
        } finally {
            lock.unlock();
        }
        if (answer.up() && !before.up()) {
            LOG.log(Level.INFO, "Kafka cluster reached name={0}", name);
        } else if (!answer.up() && (before.up() || before.equals(NOT_ASKED))) {
            LOG.log(Level.WARNING, "Kafka cluster away name={0} reason={1}", name, answer.reason());
        }
    }
}
