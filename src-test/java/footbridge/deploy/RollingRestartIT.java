package footbridge.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import footbridge.testbed.BrokersProcess;
import footbridge.testbed.FreePort;
import footbridge.testbed.GatewayProcess;
import footbridge.testbed.HaProxy;
import footbridge.testbed.StartFailure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Three replicas behind HAProxy are restarted one after the other while clients send, settle and
/// watch. `-Drolling.clients=2000` and `-Drolling.rate=500` make it longer. Without HAProxy the
/// test is skipped; with `CI=true` it fails.
@Timeout(value = 15, unit = TimeUnit.MINUTES)
class RollingRestartIT {

    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final int CLIENTS = Integer.getInteger("rolling.clients", 300);
    private static final int RATE = Integer.getInteger("rolling.rate", 25);
    private static final int REPLICAS = 3;
    private static final int SENDERS = 10;
    private static final int JOINING = 100;
    private static final int SIGTERM_EXIT = 128 + 15;
    private static final String RULES =
            """
            defaults: { allow: [anonymous], create: auto }
            rules:
              - destination: /queue/load
                to: { jms: artemis, queue: load }
              - destination: /topic/news
                to: { jms: artemis, topic: news }
            """;

    @TempDir private Path folder;

    private final List<GatewayProcess.Recipe> recipes = new ArrayList<>();
    private final List<GatewayProcess> replicas = new ArrayList<>();
    private final Ledger ledger = new Ledger();

    @Test
    void nothingIsLostAndClientsComeBackABoundedNumberAtATime() throws Exception {
        requireHaProxy();
        try (BrokersProcess brokers = BrokersProcess.startArtemis(folder.resolve("data"))) {
            startReplicas(brokers);
            try (HaProxy proxy = HaProxy.start(folder, replicas);
                    Fleet fleet = new Fleet(proxy.port(), ledger)) {
                proxy.awaitReady(REPLICAS);
                join(fleet);
                long began = System.nanoTime();
                for (int replica = 0; replica < REPLICAS; replica++) {
                    restart(replica, proxy, fleet);
                }
                long took = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began);
                fleet.stopSending();
                await().atMost(PATIENCE).until(() -> ledger.unsettled() == 0);
                report(took);
            }
        } finally {
            replicas.forEach(GatewayProcess::close);
        }
        assertThat(ledger.faults()).isEmpty();
        assertThat(ledger.sends()).isPositive();
        assertThat(ledger.mostReturnsInASecond()).isLessThanOrEqualTo(4 * RATE);
    }

    private static void requireHaProxy() {
        if (!HaProxy.isInstalled()) {
            assertThat(System.getenv("CI")).as("haproxy is not installed").isNotEqualTo("true");
            Assumptions.abort("haproxy is not installed");
        }
    }

    private void startReplicas(BrokersProcess brokers) throws Exception {
        Path rules = Files.createDirectory(folder.resolve("rules"));
        Files.writeString(rules.resolve("rules.yaml"), RULES);
        for (int i = 0; i < REPLICAS; i++) {
            GatewayProcess.Recipe recipe =
                    GatewayProcess.withMappings(rules)
                            .settings(brokers.gatewaySettings())
                            .setting("footbridge.anonymous", "true")
                            .setting("footbridge.limits.connections-per-address", "0")
                            .setting("footbridge.shutdown.notice", "2s")
                            .setting("footbridge.shutdown.rate", Integer.toString(RATE))
                            .setting("footbridge.shutdown.timeout", "30s")
                            .setting("footbridge.shutdown.retry-after", "3s")
                            .jvm("-Xmx256m")
                            .ports(FreePort.find(), FreePort.find(), FreePort.find());
            recipes.add(recipe);
            replicas.add(recipe.start());
        }
    }

    /// Every second client waits as long as it is asked to, the others come back at once.
    private void join(Fleet fleet) {
        for (int i = 0; i < CLIENTS; i++) {
            FleetClient.Role role =
                    i < SENDERS
                            ? FleetClient.Role.SENDER
                            : i < 2 * SENDERS ? FleetClient.Role.WORKER : FleetClient.Role.WATCHER;
            fleet.join(role, "client" + i, i % 2 == 0);
            if (i % JOINING == JOINING - 1) {
                awaitAll(fleet);
            }
        }
        awaitAll(fleet);
    }

    private static void awaitAll(Fleet fleet) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> fleet.connected() == fleet.size());
    }

    private void restart(int replica, HaProxy proxy, Fleet fleet) {
        assertThat(replicas.get(replica).terminate(Duration.ofMinutes(1)))
                .isEqualTo(OptionalInt.of(SIGTERM_EXIT));
        replicas.set(replica, started(recipes.get(replica)));
        proxy.awaitReady(REPLICAS);
        awaitAll(fleet);
    }

    /// On the ports that it had; what of its clients is left there goes within seconds.
    private static GatewayProcess started(GatewayProcess.Recipe recipe) {
        for (int attempt = 0; true; attempt++) {
            try {
                return recipe.start();
            } catch (StartFailure e) {
                if (attempt == 2) {
                    throw e;
                }
            }
        }
    }

    private void report(long seconds) {
        System.out.printf(
                "rolling restart: %d clients, %d replicas, %d s%n", CLIENTS, REPLICAS, seconds);
        System.out.printf(
                "  messages with a receipt %d, of these lost %d, repeated before their ACK %d%n",
                ledger.sends(), ledger.unsettled(), ledger.repeated());
        System.out.printf(
                "  clients that came back %d, most in one second %d, refused meanwhile %d%n",
                ledger.returns(), ledger.mostReturnsInASecond(), ledger.refusals());
        System.out.printf(
                "  without a connection: median %d ms, 99%% %d ms, longest %d ms%n",
                ledger.absence(0.5), ledger.absence(0.99), ledger.absence(1));
    }
}
