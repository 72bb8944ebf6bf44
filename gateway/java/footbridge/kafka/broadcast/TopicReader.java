package footbridge.kafka.broadcast;

import footbridge.backend.BackendFailure;
import footbridge.backend.BackendFailure.Kind;
import footbridge.backend.Target.Creation;
import footbridge.kafka.client.ClusterWatch;
import footbridge.kafka.client.Failures;
import footbridge.kafka.client.KafkaClients;
import footbridge.kafka.client.KafkaSettings;
import footbridge.kafka.client.TopicCheck;
import footbridge.kafka.client.TopicInfo;
import footbridge.kafka.client.TopicQuestions;
import footbridge.kafka.client.Topics;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.WakeupException;

/// Reads one topic for all its subscribers on the node, on a virtual thread of its own, from the
/// live end on until [stopped][#stop] or until the topic is gone. While the cluster is away it
/// waits and then goes on where it was.
public final class TopicReader {

    private static final System.Logger LOG = System.getLogger(TopicReader.class.getName());
    private static final Duration BREATH = Duration.ofSeconds(1);

    private final String topic;
    private final KafkaClients clients;
    private final Topics topics;
    private final TopicQuestions questions;
    private final ClusterWatch watch;
    private final KafkaSettings settings;
    private final LiveEdge edge = new LiveEdge();
    private final Set<Feed> feeds = ConcurrentHashMap.newKeySet();
    private final CompletableFuture<Boolean> ready = new CompletableFuture<>();
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile Optional<PartitionReader> partitions = Optional.empty();
    private Optional<LastValues> lastValues = Optional.empty();
    private volatile boolean stopped;

    public TopicReader(
            String topic,
            KafkaClients clients,
            Topics topics,
            TopicQuestions questions,
            ClusterWatch watch,
            KafkaSettings settings) {
        this.topic = topic;
        this.clients = clients;
        this.topics = topics;
        this.questions = questions;
        this.watch = watch;
        this.settings = settings;
    }

    /// @param departure told on the reader's thread when it ends, before its subscribers are
    void start(Consumer<TopicReader> departure) {
        Thread.ofVirtual().name("kafka-reader-" + topic).start(() -> run(departure));
    }

    String topic() {
        return topic;
    }

    /// Where it stands, and who goes with it.
    LiveEdge edge() {
        return edge;
    }

    /// The feeds that it is there for, live or not.
    Set<Feed> feeds() {
        return feeds;
    }

    /// The newest record of each key of the topic; kept from the first time on.
    ///
    /// @param maker makes them, and has what is there already read
    synchronized LastValues lastValues(Supplier<LastValues> maker) {
        LastValues kept = lastValues.filter(LastValues::isOpen).orElseGet(maker);
        lastValues = Optional.of(kept);
        return kept;
    }

    private synchronized void forgetLastValues(BackendFailure why) {
        lastValues.ifPresent(values -> values.fail(why));
    }

    /// Returns when every record produced from now on will be delivered.
    ///
    /// @throws BackendFailure if the reader could not start
    void awaitReady() throws BackendFailure, InterruptedException {
        try {
            ready.get(4 * settings.times().answer().toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw Failures.of(e);
        } catch (TimeoutException e) {
            throw Failures.unavailable(e);
        }
    }

    /// Makes the reader end soon. Never blocks.
    void stop() {
        stopped = true;
        partitions.ifPresent(PartitionReader::wakeUp);
    }

    /// Waits until the reader has ended and told its subscribers so, at most for `timeout`.
    void awaitEnd(Duration timeout) throws InterruptedException {
        if (!ended.await(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
            LOG.log(Level.WARNING, "Kafka reader still ends topic={0}", topic);
        }
    }

    private void run(Consumer<TopicReader> departure) {
        BackendFailure why = readUntilTheEnd();
        departure.accept(this);
        forgetLastValues(why);
        if (!ready.completeExceptionally(why)) {
            feeds.forEach(feed -> feed.end(why));
        }
        ended.countDown();
    }

    private BackendFailure readUntilTheEnd() {
        try {
            read();
            return Failures.unavailable();
        } catch (BackendFailure e) {
            return e;
        } catch (KafkaException e) {
            return Failures.of(e);
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "Kafka reader failed topic=" + topic, e);
            return new BackendFailure(Kind.REFUSED, "The gateway failed to read on.", e);
        } catch (InterruptedException e) {
            LOG.log(Level.DEBUG, "Kafka reader interrupted topic={0}", topic);
            return Failures.unavailable();
        }
    }

    private void read() throws BackendFailure, InterruptedException {
        TopicInfo seen = topics.require(topic, Creation.NEVER);
        KafkaConsumer<byte[], byte[]> consumer = clients.newReader(topic);
        try (PartitionReader open =
                new PartitionReader(topic, consumer, settings.times().answer())) {
            edge.begin(seen.id(), open.startAtEnd(seen.partitions()));
            partitions = Optional.of(open);
            ready.complete(true);
            readOn(open, new TopicCheck(topic, seen, questions, settings.times().topicRefresh()));
        } finally {
            partitions = Optional.empty();
        }
    }

    private void readOn(PartitionReader open, TopicCheck check)
            throws BackendFailure, InterruptedException {
        while (!stopped) {
            if (watch.awaitUp(BREATH)) {
                readSome(open, check);
            }
        }
    }

    private void readSome(PartitionReader open, TopicCheck check)
            throws BackendFailure, InterruptedException {
        try {
            open.extendTo(check.partitions());
            edge.pass(open.poll(edge::gap));
        } catch (WakeupException e) {
            LOG.log(Level.DEBUG, "Kafka reader stopped topic={0}", topic);
        } catch (AuthorizationException e) {
            throw Failures.of(e);
        } catch (KafkaException e) {
            LOG.log(Level.WARNING, "Kafka read failed, trying again topic=" + topic, e);
            Thread.sleep(BREATH);
        }
    }
}
