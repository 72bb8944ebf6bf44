package footbridge.kafka.send;

import footbridge.backend.BackendFailure;
import footbridge.backend.Target.KafkaTopic;
import footbridge.backend.TransactedSend;
import footbridge.kafka.client.ClusterWatch;
import footbridge.kafka.client.Failures;
import footbridge.kafka.client.KafkaClients;
import footbridge.kafka.client.KafkaSettings;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Metric;

/// Carries out STOMP transactions, each as one Kafka transaction, with producers that stand ready:
/// to get one ready takes the cluster half a second. A producer that fails is never used again.
/// Safe for use by any thread.
public final class Transactions implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Transactions.class.getName());
    private static final Duration CLOSING = Duration.ofSeconds(1);

    /// Whoever looks up goes to the end of the line.
    private static final Duration LOOK = Duration.ofSeconds(1);

    private static final Extra NOTHING_MORE = _ -> {};

    private final KafkaClients clients;
    private final RecordSender sender;
    private final ClusterWatch watch;
    private final KafkaSettings settings;
    private final BlockingQueue<Slot> ready = new LinkedBlockingQueue<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Map<Integer, Producer<byte[], byte[]>> open = new ConcurrentHashMap<>();
    private final BooleanSupplier throttled = new Throttle(this::metrics);
    private volatile Optional<BackendFailure> obstacle = Optional.empty();

    /// One of the transactional ids of the node, with the producer that has it now.
    private record Slot(int number, Producer<byte[], byte[]> producer) {}

    /// What a transaction does beside its sends, before it is committed.
    public interface Extra {
        void addTo(Producer<byte[], byte[]> producer);
    }

    public Transactions(
            KafkaClients clients, RecordSender sender, ClusterWatch watch, KafkaSettings settings) {
        this.clients = clients;
        this.sender = sender;
        this.watch = watch;
        this.settings = settings;
    }

    /// Begins to get the producers ready, in the background.
    public void start() {
        IntStream.range(0, settings.transactions().producers()).forEach(this::prepare);
    }

    /// Sends everything in one transaction and returns when the cluster has committed it: readers
    /// of what is committed see all of it or nothing.
    ///
    /// Where a quota makes the producers wait, those who want one wait too, and nothing fails that
    /// would not by itself.
    ///
    /// @param leaving whether the client is about to go and waits no more
    /// @throws BackendFailure of kind [Kind#OUTCOME_UNKNOWN] if the answer to the commit did not
    ///   come; of any other kind if nothing was done
    public void commit(List<TransactedSend> sends, BooleanSupplier leaving)
            throws BackendFailure, InterruptedException {
        List<ProducerRecord<byte[], byte[]>> records = records(sends);
        run(take(leaving), records, NOTHING_MORE);
    }

    /// As [#commit(List, BooleanSupplier)], and something beside the sends. Waits for a bounded
    /// time, also where there is a quota: a group that has offered its offsets does not poll.
    public void commit(List<TransactedSend> sends, Extra extra)
            throws BackendFailure, InterruptedException {
        run(records(sends), extra);
    }

    private List<ProducerRecord<byte[], byte[]>> records(List<TransactedSend> sends)
            throws BackendFailure, InterruptedException {
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>(sends.size());
        for (TransactedSend send : sends) {
            records.add(sender.record((KafkaTopic) send.target(), send.message()));
        }
        return records;
    }

    /// The same of records as they are, for topics that exist.
    public void run(List<ProducerRecord<byte[], byte[]>> records, Extra extra)
            throws BackendFailure, InterruptedException {
        run(take(settings.times().send()).orElseThrow(this::obstacle), records, extra);
    }

    private void run(Slot slot, List<ProducerRecord<byte[], byte[]>> records, Extra extra)
            throws BackendFailure, InterruptedException {
        boolean sound = false;
        try {
            new KafkaTransaction(slot.producer()).run(records, extra);
            sound = true;
        } finally {
            giveBack(slot, sound);
        }
    }

    private Slot take(BooleanSupplier leaving) throws BackendFailure, InterruptedException {
        long start = System.nanoTime();
        long patience = settings.times().send().toNanos();
        Optional<Slot> slot = take(LOOK);
        while (slot.isEmpty()) {
            if (leaving.getAsBoolean()) {
                throw new InterruptedException("the client leaves");
            }
            if (System.nanoTime() - start > patience && !throttled.getAsBoolean()) {
                throw obstacle();
            }
            slot = take(LOOK);
        }
        return slot.get();
    }

    private Optional<Slot> take(Duration most) throws InterruptedException {
        return Optional.ofNullable(ready.poll(most.toMillis(), TimeUnit.MILLISECONDS));
    }

    private BackendFailure obstacle() {
        return obstacle.orElseGet(Failures::unavailable);
    }

    private Iterable<? extends Metric> metrics() {
        return open.values().stream()
                .flatMap(producer -> producer.metrics().values().stream())
                .toList();
    }

    private void giveBack(Slot slot, boolean sound) {
        if (sound && closing.getCount() > 0) {
            ready.add(slot);
        } else {
            Thread.ofVirtual().start(() -> replace(slot));
        }
    }

    private void replace(Slot broken) {
        try {
            // Readers are held up by an open transaction; to have another producer take over the id
            // ends it too, but later.
            broken.producer().abortTransaction();
        } catch (KafkaException | IllegalStateException e) {
            LOG.log(Level.DEBUG, "Kafka transaction not aborted name=" + settings.name(), e);
        }
        open.remove(broken.number());
        broken.producer().close(Duration.ZERO);
        prepare(broken.number());
    }

    private void prepare(int number) {
        Thread.ofVirtual()
                .name("kafka-transactions-" + settings.name() + "-" + number)
                .start(() -> prepareUntilReady(number));
    }

    private void prepareUntilReady(int number) {
        try {
            while (closing.getCount() > 0 && !prepared(number)) {
                if (closing.await(settings.times().probe().toMillis(), TimeUnit.MILLISECONDS)) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            LOG.log(Level.DEBUG, "interrupted slot={0}", Integer.toString(number));
        }
    }

    private boolean prepared(int number) throws InterruptedException {
        if (!watch.awaitUp(settings.times().probe())) {
            return false;
        }
        Optional<Producer<byte[], byte[]>> opened = Optional.empty();
        try {
            opened = Optional.of(clients.newTransactional(number));
            opened.get().initTransactions();
            obstacle = Optional.empty();
            open.put(number, opened.get());
            giveBack(new Slot(number, opened.get()), true);
            return true;
        } catch (BackendFailure | KafkaException e) {
            opened.ifPresent(failed -> failed.close(Duration.ZERO));
            note(Failures.of(e));
            return false;
        }
    }

    private void note(BackendFailure failure) {
        if (obstacle.isEmpty()) {
            LOG.log(Level.WARNING, "Kafka transactions not ready name=" + settings.name(), failure);
        }
        obstacle = Optional.of(failure);
    }

    /// Lets the producers go. What is being committed is, and its producer goes then.
    @Override
    public void close() {
        closing.countDown();
        List<Slot> idle = new ArrayList<>();
        ready.drainTo(idle);
        idle.forEach(slot -> slot.producer().close(CLOSING));
    }
}
