package footbridge.conversations;

import static org.assertj.core.api.Assertions.assertThat;

import footbridge.testbed.StompClient;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// B: heart-beats.
final class HeartBeatsTest extends SectionTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    HeartBeatsTest() {
        super("B-heart-beats");
    }

    @Test
    void aSilentClientHasTwiceItsPeriodAndHalfASecond_B7_ambiguity29(MemoryGateway gateway)
            throws Exception {
        try (StompClient client = gateway.open(Way.MEMORY)) {
            client.send("CONNECT\naccept-version:1.2\nhost:h\nheart-beat:1000,0\n\n\0");
            long sent = System.nanoTime();
            client.expect("CONNECTED", PATIENCE);

            client.expect("ERROR", PATIENCE);

            // The clock of the gateway began a little earlier than ours.
            assertThat(Duration.ofNanos(System.nanoTime() - sent))
                    .isGreaterThan(Duration.ofMillis(2_400));
        }
    }
}
