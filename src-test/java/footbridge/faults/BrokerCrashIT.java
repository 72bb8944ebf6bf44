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
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Artemis is killed again and again under clients that send to a queue and receive from it.
@Timeout(1_200)
class BrokerCrashIT {

    private static final Scale SCALE = Scale.orElse(3, 40);
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration STEP = Duration.ofMillis(7);
    private static final String QUEUE = "faults.crash";

    @TempDir private Path data;

    private final Random chance = SCALE.chance();
    private final Ledger ledger = new Ledger();
    private final Arrivals arrivals = new Arrivals();

    @ParameterizedTest
    @ValueSource(strings = {"auto", "client-individual"})
    void noReceiptIsBrokenAndNothingComesTwiceWithoutCause(String ackMode) throws Exception {
        try (BrokersProcess broker = BrokersProcess.startArtemis(data);
                GatewayProcess gateway = Gateways.onArtemis(broker).start();
                Fleet fleet = new Fleet(gateway::httpPort)) {
            try {
                declareDeadLetters(broker);
                run(fleet, broker, gateway, ackMode);
            } finally {
                System.out.printf(
                        "broker-crash ack=%s %s %s %s errors=%s%n",
                        ackMode, SCALE, ledger, arrivals, fleet.errors());
            }
            assertThat(ledger.lost(arrivals.copies())).as("lost").isEmpty();
            assertThat(ledger.strays(arrivals.copies())).as("never sent").isEmpty();
            assertThat(arrivals.forbidden()).as("came twice").isEmpty();
            assertThat(arrivals.unmarked()).as("came twice without the mark").isEmpty();
            assertThat(fleet.errors().keySet())
                    .isSubsetOf("backend-unavailable", "outcome-unknown");
        }
    }

    private static void declareDeadLetters(BrokersProcess broker) throws Exception {
        try (var jms = new PlainJms(broker.artemisUrl())) {
            jms.declare("DLQ");
        }
    }

    private void run(Fleet fleet, BrokersProcess broker, GatewayProcess gateway, String ackMode)
            throws Exception {
        List<Sender> senders =
                IntStream.range(0, SCALE.clients())
                        .mapToObj(i -> new Sender(fleet, SCALE.seed(), i, "/queue/crash", ledger))
                        .toList();
        List<Receiver> receivers =
                IntStream.rangeClosed(1, SCALE.clients())
                        .mapToObj(i ->
                                new Receiver(
                                        fleet, SCALE.seed(), i, "/queue/crash", ackMode, arrivals))
                        .toList();
        receivers.forEach(Receiver::start);
        senders.forEach(Sender::start);
        for (int round = 0; round < SCALE.rounds(); round++) {
            awaitReceipts(1 + chance.nextInt(20 * SCALE.clients()));
            broker.kill();
            await().atMost(PATIENCE).until(() -> !gateway.isReady());
            arrivals.nextLife(); // what the gateway had read is with the clients by now
            broker.restart();
        }
        awaitReceipts(SCALE.clients());
        finish(senders, receivers, broker);
    }

    private void awaitReceipts(int more) {
        int enough = ledger.receipts() + more;
        await().pollDelay(Duration.ZERO)
                .pollInterval(STEP)
                .atMost(PATIENCE)
                .until(() -> ledger.receipts() >= enough);
    }

    private void finish(List<Sender> senders, List<Receiver> receivers, BrokersProcess broker)
            throws Exception {
        senders.forEach(Sender::stop);
        await().atMost(PATIENCE).until(() -> senders.stream().allMatch(Sender::idle));
        try (var jms = new PlainJms(broker.artemisUrl())) {
            await().atMost(PATIENCE).until(() -> jms.count(QUEUE) == 0);
            senders.forEach(Sender::leave);
            receivers.forEach(Receiver::leave);
            await().atMost(PATIENCE)
                    .until(() ->
                            Stream.concat(senders.stream(), receivers.stream())
                                    .allMatch(ReturningClient::gone));
            jms.drain(QUEUE)
                    .forEach(body -> arrivals.arrived(Copy.parse(body), "plain client", true));
            jms.drain("DLQ")
                    .forEach(body -> arrivals.arrived(Copy.parse(body), "dead letters", true));
        }
    }
}
