package footbridge.kafka.broadcast;

import footbridge.backend.BackendFailure;
import footbridge.backend.BackendFailure.Kind;
import footbridge.kafka.client.ClusterWatch;
import footbridge.kafka.client.Failures;
import footbridge.kafka.client.KafkaClients;
import footbridge.kafka.client.KafkaSettings;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InterruptException;

/// The subscriptions of the node that are behind their topic's shared reader. So many of them as
/// the settings say have a consumer at a time, the others wait in line; one whose client does not
/// read gives its place up and lines up again when it does. Safe for use by any thread.
public final class CatchUps implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(CatchUps.class.getName());
    private static final Duration BREATH = Duration.ofSeconds(1);
    private static final Duration CLOSING = Duration.ofSeconds(3);

    private final KafkaClients clients;
    private final ClusterWatch watch;
    private final KafkaSettings settings;
    private final Semaphore places;
    private final Map<Object, Thread> running = new ConcurrentHashMap<>();
    private final AtomicLong consumers = new AtomicLong();

    public CatchUps(KafkaClients clients, ClusterWatch watch, KafkaSettings settings) {
        this.clients = clients;
        this.watch = watch;
        this.settings = settings;
        this.places = new Semaphore(settings.limits().catchUps(), true);
    }

    /// Lets somebody catch up. Never blocks.
    ///
    /// @param owner by whom it is known to [#stop]
    void start(Object owner, String topic, Behind behind) {
        Thread thread =
                Thread.ofVirtual()
                        .name("kafka-catch-up-" + topic)
                        .unstarted(() -> run(owner, topic, behind));
        running.put(owner, thread);
        thread.start();
    }

    /// Ends what is done for an owner that was closed. Never blocks.
    void stop(Object owner) {
        Thread thread = running.get(owner);
        if (thread != null) {
            thread.interrupt();
        }
    }

    /// How many are behind now.
    int size() {
        return running.size();
    }

    /// Stops all of them, and waits for that for a bounded time.
    @Override
    public void close() {
        List<Thread> all = List.copyOf(running.values());
        all.forEach(Thread::interrupt);
        long deadline = System.nanoTime() + CLOSING.toNanos();
        try {
            for (Thread thread : all) {
                thread.join(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run(Object owner, String topic, Behind behind) {
        try {
            boolean done = behind.prepare();
            while (behind.isOpen() && !done) {
                done = turn(topic, behind);
                if (!done) {
                    behind.awaitRoom();
                }
            }
        } catch (InterruptedException e) {
            LOG.log(Level.DEBUG, "Kafka catch-up stopped topic={0}", topic);
        } catch (BackendFailure e) {
            behind.end(e);
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "Kafka catch-up failed topic=" + topic, e);
            behind.end(new BackendFailure(Kind.REFUSED, "The gateway failed to read on.", e));
        } finally {
            running.remove(owner, Thread.currentThread());
        }
    }

    /// @return whether nothing is left to do
    private boolean turn(String topic, Behind behind) throws BackendFailure, InterruptedException {
        places.acquire();
        try {
            return watch.awaitUp(BREATH) && read(topic, behind);
        } catch (AuthorizationException e) {
            throw Failures.of(e);
        } catch (InterruptException e) {
            throw interrupted(e);
        } catch (KafkaException e) {
            LOG.log(Level.WARNING, "Kafka catch-up failed, trying again topic=" + topic, e);
            Thread.sleep(BREATH);
            return false;
        } finally {
            places.release();
        }
    }

    private boolean read(String topic, Behind behind) throws BackendFailure, InterruptedException {
        String role = "%s-%d".formatted(topic, consumers.incrementAndGet());
        try (PartitionReader source =
                new PartitionReader(
                        topic, clients.newCatchUpReader(role), settings.times().answer())) {
            try {
                return behind.goOn(source);
            } catch (InterruptException e) {
                // Or the consumer could not be closed in peace.
                boolean _ = Thread.interrupted();
                throw interrupted(e);
            }
        }
    }

    private static InterruptedException interrupted(InterruptException why) {
        InterruptedException interrupted = new InterruptedException("stopped");
        interrupted.initCause(why);
        return interrupted;
    }
}
