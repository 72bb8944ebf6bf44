package footbridge.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import footbridge.testbed.BrokersProcess;
import footbridge.testbed.GatewayProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Artemis is killed again and again under clients that send with a `duplicate-id` and send again
/// what was not confirmed: each message is stored once, neither lost nor doubled.
@Timeout(1_200)
class ExactlyOnceIT {

    private static final Scale SCALE = Scale.orElse(3, 8);
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration STEP = Duration.ofMillis(7);
    private static final int ROUND = 150;
    private static final String QUEUE = "faults.once";

    @TempDir private Path data;

    private final Random chance = SCALE.chance();
    private final int messages = ROUND * (SCALE.rounds() + 1);

    @Test
    void whatIsSentAgainIsStoredOnce() throws Exception {
        try (BrokersProcess broker = BrokersProcess.startArtemis(data);
                GatewayProcess gateway = Gateways.onArtemis(broker).start();
                Fleet fleet = new Fleet(gateway::httpPort)) {
            List<RepeatingSender> senders = senders(fleet);
            senders.forEach(RepeatingSender::start);
            for (int round = 0; round < SCALE.rounds(); round++) {
                awaitReceipts(senders, round * ROUND + 1 + chance.nextInt(ROUND));
                broker.kill();
                broker.restart();
            }
            await().atMost(PATIENCE).until(() -> senders.stream().allMatch(RepeatingSender::done));
            check(broker, fleet, senders);
        }
    }

    private List<RepeatingSender> senders(Fleet fleet) {
        return IntStream.range(0, SCALE.clients())
                .mapToObj(i -> new RepeatingSender(fleet, SCALE.seed(), i, "/queue/once", messages))
                .toList();
    }

    private static void awaitReceipts(List<RepeatingSender> senders, int each) {
        await().pollDelay(Duration.ZERO)
                .pollInterval(STEP)
                .atMost(PATIENCE)
                .until(() -> senders.stream().anyMatch(sender -> sender.receipts() >= each));
    }

    private void check(BrokersProcess broker, Fleet fleet, List<RepeatingSender> senders)
            throws Exception {
        try (var jms = new PlainJms(broker.artemisUrl())) {
            List<String> stored = jms.drain(QUEUE);
            System.out.printf(
                    "exactly-once %s sent=%d again=%d stored=%d errors=%s%n",
                    SCALE,
                    SCALE.clients() * messages,
                    senders.stream().mapToInt(RepeatingSender::repetitions).sum(),
                    stored.size(),
                    fleet.errors());
            assertThat(stored).doesNotHaveDuplicates().hasSize(SCALE.clients() * messages);
        }
    }
}
