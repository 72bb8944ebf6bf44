package footbridge.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import footbridge.testbed.BrokersProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The gateway is killed again and again under clients that do nothing but COMMIT: of no
/// transaction is a part done, and what has its RECEIPT is done.
@Timeout(3_600)
class GatewayCrashIT {

    private static final Scale SCALE = Scale.orElse(4, 20);
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration STEP = Duration.ofMillis(1);

    /// Most transactions in one life of the gateway.
    private static final int LIFE = 200;

    /// Least messages that wait to be moved while the gateway lives. The broker counts a failed
    /// attempt for all that it had sent to a gateway that is killed, so there are never many more.
    private static final int WAITING = 40;

    @TempDir private Path data;

    private final Random chance = SCALE.chance();
    private final List<String> all = new ArrayList<>();
    private final Set<String> receipted = ConcurrentHashMap.newKeySet();

    @Test
    void noTransactionIsHalfDone() throws Exception {
        try (BrokersProcess broker = BrokersProcess.startArtemis(data);
                var jms = new PlainJms(broker.artemisUrl())) {
            jms.declare("DLQ");
            jms.declare("faults.from");
            jms.declare("faults.to");
            try (Lives gateway = new Lives(Gateways.onArtemis(broker));
                    Fleet fleet = new Fleet(gateway::httpPort)) {
                List<Mover> movers = movers(fleet);
                movers.forEach(Mover::start);
                for (int round = 0; round < SCALE.rounds(); round++) {
                    awaitReceipts(1 + chance.nextInt(LIFE), jms);
                    gateway.next();
                }
                await().atMost(PATIENCE).until(() -> jms.count("faults.from") == 0);
                movers.forEach(Mover::leave);
                await().atMost(PATIENCE).until(() -> movers.stream().allMatch(Mover::gone));
                check(jms, fleet);
            }
        }
    }

    private List<Mover> movers(Fleet fleet) {
        return IntStream.range(0, SCALE.clients())
                .mapToObj(i ->
                        new Mover(
                                fleet,
                                SCALE.seed() + i,
                                "/queue/from",
                                "/queue/to",
                                "client-individual",
                                receipted))
                .toList();
    }

    private void awaitReceipts(int more, PlainJms jms) {
        int enough = receipted.size() + more;
        await().pollDelay(Duration.ZERO)
                .pollInterval(STEP)
                .atMost(PATIENCE)
                .until(() -> {
                    feed(jms);
                    return receipted.size() >= enough;
                });
    }

    private void feed(PlainJms jms) throws ActiveMQException {
        if (jms.count("faults.from") < WAITING) {
            List<String> more =
                    IntStream.range(all.size(), all.size() + WAITING)
                            .mapToObj(n -> "m" + n)
                            .toList();
            jms.put("faults.from", more);
            all.addAll(more);
        }
    }

    /// A message that its gateway has died of too often is a dead letter, and was not moved.
    private void check(PlainJms jms, Fleet fleet) {
        List<String> left = jms.drain("DLQ");
        List<String> sent = jms.drain("faults.to");
        var copies = new TreeMap<String, Integer>();
        sent.forEach(copy -> copies.merge(copy, 1, Integer::sum));
        List<String> half = new ArrayList<>();
        for (String message : all) {
            int expected = left.contains(message) ? 0 : 1;
            if (copies.getOrDefault(message + "/a", 0) != expected
                    || copies.getOrDefault(message + "/b", 0) != expected) {
                half.add(message);
            }
        }
        Set<String> broken = new HashSet<>(receipted);
        broken.retainAll(left);
        System.out.printf(
                "gateway-crash %s transactions=%d receipted=%d without receipt=%d dead letters=%d half done=%d receipts broken=%d errors=%s%n",
                SCALE,
                all.size() - left.size(),
                receipted.size(),
                all.size() - left.size() - receipted.size(),
                left.size(),
                half.size(),
                broken.size(),
                fleet.errors());
        assertThat(half).as("half done, lost or done twice").isEmpty();
        assertThat(broken).as("receipted and not done").isEmpty();
    }
}
