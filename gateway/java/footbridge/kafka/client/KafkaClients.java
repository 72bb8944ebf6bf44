package footbridge.kafka.client;

import footbridge.backend.Backend.Availability;
import footbridge.backend.BackendFailure;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.clients.consumer.ShareConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/// The Kafka clients that all connections of the node share: one admin client and the producers,
/// opened when the cluster can be found and not before. When it stays away for long they are
/// replaced, so that a cluster which has moved is looked for where it was first named.
///
/// Safe for use by any thread; [#probe] by one at a time.
public final class KafkaClients implements ClusterWatch.Probe, AutoCloseable {

    private static final Duration CLOSING = Duration.ofSeconds(5);

    private final KafkaSettings settings;
    private final ClientProperties properties;
    private final Duration renewal;
    private final Object lock = new Object();
    private final Producers producers;
    private volatile Optional<Admin> admin = Optional.empty();
    private volatile boolean closed;
    private OptionalLong renewAt = OptionalLong.empty();

    /// @param renewal how long the cluster may be away before new clients look for it; no send may
    ///   take longer
    public KafkaClients(KafkaSettings settings, Duration renewal) {
        this.settings = settings;
        this.renewal = renewal;
        this.properties = new ClientProperties(settings);
        this.producers = new Producers(this::newProducer);
    }

    /// The cluster is up when a broker has answered and its clients are open: the first SEND then
    /// waits for neither.
    @Override
    public Availability probe() throws InterruptedException {
        int timeout = (int) settings.times().answer().toMillis();
        try {
            admin().describeCluster(new DescribeClusterOptions().timeoutMs(timeout))
                    .nodes()
                    .get(timeout + 1000L, TimeUnit.MILLISECONDS);
            producer(Producers.COMMON);
            renewAt = OptionalLong.empty();
            return Availability.UP;
        } catch (ExecutionException e) {
            return away(e.getCause() == null ? e : e.getCause());
        } catch (TimeoutException | BackendFailure e) {
            return away(e.getCause() == null ? e : e.getCause());
        }
    }

    public Admin admin() throws BackendFailure {
        Optional<Admin> open = admin;
        return open.isPresent() ? open.get() : openAdmin();
    }

    /// @param name of the settings, or [Producers#COMMON]
    public Producer<byte[], byte[]> producer(String name) throws BackendFailure {
        requireOpen();
        try {
            return producers.get(name);
        } catch (KafkaException e) {
            throw Failures.unavailable(e);
        }
    }

    /// Opens the consumer of one member of a share group, confined to that member's thread.
    public ShareConsumer<byte[], byte[]> newShareConsumer(String group, int prefetch)
            throws BackendFailure {
        try {
            return new KafkaShareConsumer<>(
                    properties.shareMember(group, prefetch),
                    new ByteArrayDeserializer(),
                    new ByteArrayDeserializer());
        } catch (KafkaException e) {
            throw Failures.unavailable(e);
        }
    }

    /// Opens the consumer of one member of a consumer group, confined to that member's thread.
    public KafkaConsumer<byte[], byte[]> newGroupConsumer(String group, int prefetch)
            throws BackendFailure {
        return newConsumer(properties.groupMember(group, prefetch));
    }

    /// Gives up a producer that will never send again; the next SEND opens another.
    public void discard(String name, Producer<byte[], byte[]> broken) {
        producers.discard(name, broken);
    }

    /// Opens a producer for one slot of the pool of transactions; it must be initialised yet.
    public Producer<byte[], byte[]> newTransactional(int slot) throws BackendFailure {
        requireOpen();
        try {
            return new KafkaProducer<>(
                    properties.transactional(slot),
                    new ByteArraySerializer(),
                    new ByteArraySerializer());
        } catch (KafkaException e) {
            throw Failures.unavailable(e);
        }
    }

    /// Opens a consumer for the reader of `topic`, confined to the reader's thread.
    public KafkaConsumer<byte[], byte[]> newReader(String topic) throws BackendFailure {
        return newConsumer(properties.reader(topic));
    }

    /// Opens a consumer for one subscription that is behind, confined to its thread.
    public KafkaConsumer<byte[], byte[]> newCatchUpReader(String role) throws BackendFailure {
        return newConsumer(properties.catchUp(role));
    }

    private static KafkaConsumer<byte[], byte[]> newConsumer(Map<String, Object> properties)
            throws BackendFailure {
        try {
            return new KafkaConsumer<>(
                    properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        } catch (KafkaException e) {
            throw Failures.unavailable(e);
        }
    }

    /// Sends what is waiting, for a bounded time, and closes all clients.
    @Override
    public void close() {
        synchronized (lock) {
            closed = true;
        }
        producers.close(CLOSING);
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

    private Producer<byte[], byte[]> newProducer(String name) {
        return new KafkaProducer<>(
                properties.producer(name), new ByteArraySerializer(), new ByteArraySerializer());
    }

    private void forgetClients() {
        Optional<Admin> oldAdmin;
        synchronized (lock) {
            oldAdmin = admin;
            admin = Optional.empty();
        }
        oldAdmin.ifPresent(old -> old.close(Duration.ZERO));
        producers.forget();
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
