package footbridge.conversations;

import static org.assertj.core.api.Assertions.assertThat;

import footbridge.testbed.StompClient;
import footbridge.testbed.StompFrame;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Broken and hostile clients in memory: whatever they write, the gateway answers with frames of
/// the protocol, and never calls it a fault of its own.
@ExtendWith(SharedGateways.class)
final class HostileTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int CLIENTS = 400;

    @Test
    void everyClientIsAnsweredOrRefused_F17_X1(MemoryGateway gateway) throws Exception {
        Campaign campaign = Campaign.ofRounds(1);
        for (int i = 0; i < campaign.rounds() * CLIENTS; i++) {
            Attack attack = Attack.of(campaign.chance(0, i));
            try (StompClient client = gateway.open(Way.MEMORY)) {
                for (byte[] write : attack.writes()) {
                    client.send(write);
                }
                assertAnswered(client, attack);
            }
        }
        assertServed(gateway, Way.MEMORY);
    }

    private static void assertAnswered(StompClient client, Attack attack)
            throws InterruptedException {
        Optional<StompFrame> frame = client.next(Duration.ZERO);
        while (frame.isPresent()) {
            assertThat(frame.get().header("code"))
                    .as(attack.shown())
                    .isNotEqualTo(Optional.of("internal-error"));
            if (frame.get().command().equals("ERROR")) {
                assertThat(client.awaitEnd(PATIENCE)).as(attack.shown()).isPresent();
                assertThat(client.next(Duration.ZERO)).as(attack.shown()).isEmpty();
            }
            frame = client.next(Duration.ZERO);
        }
    }

    /// A client that does nothing wrong gets what it wants.
    static void assertServed(Clients gateway, Way way) throws IOException, InterruptedException {
        try (StompClient client = gateway.open(way)) {
            String topic = "/topic/served-" + System.nanoTime();
            client.send("CONNECT\naccept-version:1.2\nhost:h\n\n\0");
            client.expect("CONNECTED", PATIENCE);
            client.send("SUBSCRIBE\nid:0\nreceipt:r\ndestination:%s\n\n\0".formatted(topic));
            client.expect("RECEIPT", PATIENCE);
            client.send("SEND\ndestination:%s\n\nstill here\0".formatted(topic));
            assertThat(client.expect("MESSAGE", PATIENCE).text()).isEqualTo("still here");
            client.send("DISCONNECT\n\n\0");
        }
    }
}
