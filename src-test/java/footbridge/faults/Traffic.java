package footbridge.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.core.ConditionTimeoutException;

/// All that the groups of Kafka are for, at once: clients that send to a consumer group and receive
/// from it, the same for a share group, and clients that move records from one topic to another in
/// transactions.
final class Traffic {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Duration STEP = Duration.ofMillis(20);

    /// Least records that wait to be moved.
    private static final int WAITING = 40;

    private final String run;
    private final Fleet fleet;
    private final PlainKafka kafka;
    private final Scale scale;
    private final Ledger ordered = new Ledger();
    private final Ledger shared = new Ledger();
    private final Arrivals inOrder = new Arrivals();
    private final Arrivals inShares = new Arrivals();
    private final List<String> fed = new ArrayList<>();
    private final Set<String> moved = ConcurrentHashMap.newKeySet();
    private final List<Sender> senders = new ArrayList<>();
    private final List<ReturningClient> others = new ArrayList<>();

    /// How far each part has come.
    private record Progress(int ordered, int shared, int inOrder, int inShares, int moved) {

        Progress and(int more) {
            return new Progress(
                    ordered + more, shared + more, inOrder + more, inShares + more, moved + more);
        }

        boolean reaches(Progress other) {
            return ordered >= other.ordered
                    && shared >= other.shared
                    && inOrder >= other.inOrder
                    && inShares >= other.inShares
                    && moved >= other.moved;
        }
    }

    /// @param run what the names of its topics and groups begin with
    Traffic(String run, Fleet fleet, PlainKafka kafka, Scale scale) {
        this.run = run;
        this.fleet = fleet;
        this.kafka = kafka;
        this.scale = scale;
    }

    List<String> topics() {
        return List.of(run + ".ordered", run + ".shared", run + ".from", run + ".to");
    }

    void start() throws ExecutionException, InterruptedException {
        kafka.create(topics());
        senders.addAll(clients(i -> new Sender(fleet, scale.seed(), i, queue("ordered"), ordered)));
        senders.addAll(clients(i -> new Sender(fleet, scale.seed(), i, queue("shared"), shared)));
        others.addAll(
                clients(i ->
                        new Receiver(fleet, scale.seed(), i, queue("ordered"), "client", inOrder)));
        others.addAll(
                clients(i ->
                        new Receiver(
                                fleet,
                                scale.seed(),
                                i,
                                queue("shared"),
                                "client-individual",
                                inShares)));
        others.addAll(
                clients(i ->
                        new Mover(
                                fleet,
                                scale.seed() + i,
                                queue("from"),
                                "/topic/" + run + ".to",
                                "client",
                                moved)));
        Stream.concat(senders.stream(), others.stream()).forEach(ReturningClient::start);
    }

    private <C> List<C> clients(IntFunction<C> client) {
        return IntStream.rangeClosed(1, scale.clients()).mapToObj(client).toList();
    }

    private String queue(String name) {
        return "/queue/" + run + "." + name;
    }

    /// Returns when each part has come so much further.
    void awaitProgress(int more) {
        Progress enough = progress().and(more);
        await().pollDelay(Duration.ZERO)
                .pollInterval(STEP)
                .atMost(PATIENCE)
                .until(() -> {
                    feed();
                    return progress().reaches(enough);
                });
    }

    private Progress progress() {
        return new Progress(
                ordered.receipts(),
                shared.receipts(),
                inOrder.count(),
                inShares.count(),
                moved.size());
    }

    private void feed() throws ExecutionException, InterruptedException {
        if (fed.size() - moved.size() < WAITING) {
            List<String> more =
                    IntStream.range(fed.size(), fed.size() + WAITING)
                            .mapToObj(n -> "m" + n)
                            .toList();
            kafka.put(run + ".from", more);
            fed.addAll(more);
        }
    }

    /// Lets everything be done, and all clients leave.
    void finish() throws ExecutionException, InterruptedException {
        senders.forEach(Sender::stop);
        await().atMost(PATIENCE).until(() -> senders.stream().allMatch(Sender::idle));
        await().atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> kafka.lag(run + ".from", run + ".from") == 0);
        await().atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> kafka.lag(run + ".ordered", run + ".ordered") == 0);
        awaitAllShared();
        Stream.concat(senders.stream(), others.stream()).forEach(ReturningClient::leave);
        await().atMost(PATIENCE)
                .until(() ->
                        Stream.concat(senders.stream(), others.stream())
                                .allMatch(ReturningClient::gone));
    }

    private void awaitAllShared() throws ExecutionException, InterruptedException {
        try {
            await().atMost(PATIENCE).until(() -> shared.lost(inShares.copies()).isEmpty());
        } catch (ConditionTimeoutException e) {
            List<String> lost = shared.lost(inShares.copies()).stream().map(Copy::body).toList();
            throw new AssertionError(kafka.whereabouts(lost, run + ".shared", run + ".shared"), e);
        }
    }

    /// Nothing with a receipt is lost or undone, and no transaction is half done.
    void check() {
        List<String> half = halfDone();
        System.out.printf(
                "kafka-crash %s %s%n  group: %s %s%n  share group: %s %s%n  transactions=%d receipted=%d half done=%d%n  receipted and lost=%d, settled in vain=%d errors=%s%n",
                run,
                scale,
                ordered,
                inOrder,
                shared,
                inShares,
                fed.size(),
                moved.size(),
                half.size(),
                ordered.lost(inOrder.copies()).size() + shared.lost(inShares.copies()).size(),
                inOrder.settledInVain().size() + inShares.settledInVain().size(),
                fleet.errors());
        assertThat(ordered.lost(inOrder.copies())).as("lost to the group").isEmpty();
        assertThat(shared.lost(inShares.copies())).as("lost to the share group").isEmpty();
        assertThat(ordered.strays(inOrder.copies())).as("never sent").isEmpty();
        assertThat(shared.strays(inShares.copies())).as("never sent").isEmpty();
        assertThat(inOrder.settledInVain()).as("settled in the group and came again").isEmpty();
        assertThat(inShares.settledInVain())
                .as("settled in the share group and came again")
                .isEmpty();
        assertThat(half).as("half done, lost or done twice").isEmpty();
        assertThat(fleet.errors().keySet())
                .isSubsetOf(
                        "backend-unavailable",
                        "outcome-unknown",
                        "partition-revoked",
                        "lock-expired");
    }

    private List<String> halfDone() {
        var copies = new TreeMap<String, Integer>();
        kafka.read(run + ".to").forEach(copy -> copies.merge(copy, 1, Integer::sum));
        return fed.stream()
                .filter(message ->
                        copies.getOrDefault(message + "/a", 0) != 1
                                || copies.getOrDefault(message + "/b", 0) != 1)
                .toList();
    }
}
