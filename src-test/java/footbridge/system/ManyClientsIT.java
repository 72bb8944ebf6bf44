package footbridge.system;

import static footbridge.system.Site.headers;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import footbridge.testbed.StompClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A crowd on one topic, in front of a gateway with little memory.
@Timeout(300)
class ManyClientsIT {

    private static final int CLIENTS = 2_000;
    private static final int MESSAGES = 1_000;

    @TempDir private Path data;

    @ParameterizedTest
    @ValueSource(strings = {"/topic/demo", "/topic/kafka"})
    void twoThousandClientsGetAThousandMessagesInOrder(String topic) throws Exception {
        try (Site site =
                        Site.start(
                                data,
                                Map.of("footbridge.limits.connections-per-address", "0"),
                                "-Xmx256m");
                Crowd crowd = new Crowd(site.gateway().httpPort(), MESSAGES);
                StompClient sender = site.connected()) {
            crowd.join(CLIENTS, topic);
            await().atMost(Duration.ofSeconds(60)).until(() -> crowd.subscribed() == CLIENTS);

            for (int i = 0; i < MESSAGES; i++) {
                sender.send("SEND", headers("destination", topic), String.valueOf(i));
            }

            await().atMost(Duration.ofSeconds(150))
                    .until(() -> crowd.complete() == CLIENTS || !crowd.faults().isEmpty());
            assertThat(crowd.faults()).isEmpty();
            assertThat(crowd.delivered()).isEqualTo((long) CLIENTS * MESSAGES);
        }
    }
}
