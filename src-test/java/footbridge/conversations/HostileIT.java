package footbridge.conversations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import footbridge.testbed.GatewayProcess;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/// Broken and hostile clients over the wire, round after round: others are served, nothing is left
/// behind, and the log does not call it a fault.
@ExtendWith(SharedGateways.class)
final class HostileIT {

    private static final int CLIENTS_A_ROUND = 60;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /// Rounds until everything has been loaded and every pool has its size.
    private static final int WARM_UP = 3;

    private static final int MORE_THREADS = 8;
    private static final int MORE_HANDLES = 12;
    private static final long MORE_HEAP = 12L << 20;

    /// However long the run is meant to be.
    @Timeout(value = 7, unit = TimeUnit.DAYS)
    @Test
    void theyHarmNobodyAndLeaveNothingBehind_F17_L4(WireGateway gateway) throws Exception {
        Campaign campaign = Campaign.ofRounds(8);
        int logged = gateway.process().log().length();
        for (int round = 0; round < WARM_UP; round++) {
            attack(campaign, -1 - round, gateway);
        }
        Vitals before = Vitals.of(gateway.process());
        System.out.println("hostile clients: before " + before);

        for (int round = 0; round < campaign.rounds(); round++) {
            attack(campaign, round, gateway);
            assertNothingGrew(before, gateway.process(), round);
        }

        assertThat(gateway.process().log().substring(logged))
                .doesNotContain("\tat ", "Exception", "internal-error");
    }

    private static void attack(Campaign campaign, int round, WireGateway gateway) throws Exception {
        try (ExecutorService crowd = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < CLIENTS_A_ROUND; i++) {
                crowd.execute(new HostileClient(gateway.process(), campaign.chance(round, i)));
            }
            HostileTest.assertServed(gateway, Way.TCP);
        }
        HostileTest.assertServed(gateway, Way.TEXT);
        GatewayProcess process = gateway.process();
        await().atMost(PATIENCE).until(() -> Vitals.clients(process) == 0);
    }

    private static void assertNothingGrew(Vitals before, GatewayProcess gateway, int round) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> {
                    Vitals now = Vitals.of(gateway);
                    assertThat(now.threads())
                            .as("threads after round %d", round)
                            .isLessThanOrEqualTo(before.threads() + MORE_THREADS);
                    assertThat(now.handles())
                            .as("file handles after round %d", round)
                            .isLessThanOrEqualTo(before.handles() + MORE_HANDLES);
                    assertThat(now.heap())
                            .as("heap after round %d", round)
                            .isLessThanOrEqualTo(before.heap() + MORE_HEAP);
                });
    }
}
