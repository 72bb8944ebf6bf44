package footbridge.kafka;

import footbridge.backend.Backend.Availability;
import footbridge.backend.BackendFailure;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/// The Kafka clients that all connections of the node share: one admin client and one producer,
/// opened when the cluster can be found and not before. When it stays away for long they are
/// replaced, so that a cluster which has moved is looked for where it was first named.
///
/// Safe for use by any thread; [#probe] by one at a time.
final class KafkaClients implements ClusterWatch.Probe, AutoCloseable {

    private static final System.Logger LOG = System.getLogger(KafkaClients.class.getName());
    private static final Duration CLOSING = Duration.ofSeconds(5);

    private final KafkaSettings settings;
    private final ClientProperties properties;
    private final Duration renewal;
    private final Object lock = new Object();
    private volatile Optional<Admin> admin = Optional.empty();
    private volatile Optional<Producer<byte[], byte[]>> producer = Optional.empty();
    private volatile boolean closed;
    private OptionalLong renewAt = OptionalLong.empty();

    /// @param renewal how long the cluster may be away before new clients look for it; no send may
    ///   take longer
    KafkaClients(KafkaSettings settings, Duration renewal) {
        this.settings = settings;
        this.renewal = renewal;
        this.properties = new ClientProperties(settings);
    }

    /// The cluster is up when a broker has answered and both clients are open: the first SEND then
    /// waits for neither.
    @Override
    public Availability probe() throws InterruptedException {
        int timeout = (int) settings.answerTimeout().toMillis();
        try {
            admin().describeCluster(new DescribeClusterOptions().timeoutMs(timeout))
                    .nodes()
                    .get(timeout + 1000L, TimeUnit.MILLISECONDS);
            producer();
            renewAt = OptionalLong.empty();
            return Availability.UP;
        } catch (ExecutionException e) {
            return away(e.getCause() == null ? e : e.getCause());
        } catch (TimeoutException | BackendFailure e) {
            return away(e.getCause() == null ? e : e.getCause());
        }
    }

    Admin admin() throws BackendFailure {
        Optional<Admin> open = admin;
        return open.isPresent() ? open.get() : openAdmin();
    }

    Producer<byte[], byte[]> producer() throws BackendFailure {
        Optional<Producer<byte[], byte[]>> open = producer;
        return open.isPresent() ? open.get() : openProducer();
    }

    /// Opens a consumer for the reader of `topic`, confined to the reader's thread.
    KafkaConsumer<byte[], byte[]> newReader(String topic) throws BackendFailure {
        try {
            return new KafkaConsumer<>(
                    properties.reader(topic),
                    new ByteArrayDeserializer(),
                    new ByteArrayDeserializer());
        } catch (KafkaException e) {
            throw Failures.unavailable(e);
        }
    }

    /// Gives up a producer that will never send again; the next SEND opens another. What it had
    /// taken and not sent fails.
    void discard(Producer<byte[], byte[]> broken) {
        synchronized (lock) {
            if (producer.filter(broken::equals).isEmpty()) {
                return;
            }
            producer = Optional.empty();
        }
        LOG.log(Level.WARNING, "Kafka producer replaced name={0}", settings.name());
        broken.close(Duration.ZERO);
    }

    /// Sends what is waiting, for a bounded time, and closes both clients.
    @Override
    public void close() {
        synchronized (lock) {
            closed = true;
        }
        producer.ifPresent(open -> open.close(CLOSING));
        admin.ifPresent(open -> open.close(Duration.ofSeconds(1)));
    }

    private Admin openAdmin() throws BackendFailure {
        synchronized (lock) {
            requireOpen();
            try {
                Admin open = admin.orElseGet(() -> Admin.create(properties.admin()));
                admin = Optional.of(open);
                return open;
            } catch (KafkaException e) {
                throw Failures.unavailable(e);
            }
        }
    }

    private Producer<byte[], byte[]> openProducer() throws BackendFailure {
        synchronized (lock) {
            requireOpen();
            try {
                Producer<byte[], byte[]> open = producer.orElseGet(this::newProducer);
                producer = Optional.of(open);
                return open;
            } catch (KafkaException e) {
                throw Failures.unavailable(e);
            }
        }
    }

    private Producer<byte[], byte[]> newProducer() {
        return new KafkaProducer<>(
                properties.producer(), new ByteArraySerializer(), new ByteArraySerializer());
    }

    private void forgetClients() {
        Optional<Admin> oldAdmin;
        Optional<Producer<byte[], byte[]>> oldProducer;
        synchronized (lock) {
            oldAdmin = admin;
            oldProducer = producer;
            admin = Optional.empty();
            producer = Optional.empty();
        }
        oldAdmin.ifPresent(old -> old.close(Duration.ZERO));
        oldProducer.ifPresent(old -> old.close(Duration.ZERO));
    }

    private void requireOpen() throws BackendFailure {
        if (closed) {
            throw Failures.unavailable();
        }
    }

    private Availability away(Throwable why) {
        long now = System.nanoTime();
        if (renewAt.isPresent() && now - renewAt.getAsLong() >= 0) {
            renewAt = OptionalLong.empty();
            forgetClients();
        }
        if (renewAt.isEmpty()) {
            renewAt = OptionalLong.of(now + renewal.toNanos());
        }
        String said = rootMessage(why);
        return new Availability(
                false, "no answer from " + settings.bootstrapServers() + ": " + said);
    }

    private static String rootMessage(Throwable why) {
        Throwable root = why;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getMessage() == null ? root.toString() : root.getMessage();
    }
}
