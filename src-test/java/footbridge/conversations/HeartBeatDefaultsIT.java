package footbridge.conversations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import footbridge.testbed.GatewayProcess;
import footbridge.testbed.StompClient;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/// What the gateway offers when nobody has set anything, and the least that can be set.
final class HeartBeatDefaultsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Test
    void tenSecondsAreOfferedEachWay_B10_ambiguity29() throws Exception {
        try (GatewayProcess gateway = gateway().launch();
                StompClient client = awaitOpen(gateway)) {
            client.send("CONNECT\naccept-version:1.2\nhost:h\n\n\0");

            assertThat(client.expect("CONNECTED", PATIENCE).header("heart-beat"))
                    .contains("10000,10000");
        }
    }

    @Test
    void oneSecondIsTheFloor_ambiguity29() {
        try (GatewayProcess gateway =
                gateway().setting("footbridge.heart-beat.incoming", "0.999s").launch()) {
            assertThat(gateway.awaitExit(PATIENCE)).isPresent();
            assertThat(gateway.log()).contains("footbridge.heart-beat.incoming");
        }
    }

    /// Its brokers are away, which CONNECT does not mind.
    private static GatewayProcess.Recipe gateway() {
        return GatewayProcess.withMappings(MemoryGateway.RULES)
                .setting("footbridge.anonymous", "true")
                .setting("footbridge.jms.artemis.url", "tcp://localhost:1")
                .setting("footbridge.kafka.kafka.bootstrap-servers", "localhost:1");
    }

    private static StompClient awaitOpen(GatewayProcess gateway) {
        var open = new AtomicReference<StompClient>();
        await().atMost(PATIENCE)
                .ignoreExceptionsInstanceOf(IOException.class)
                .until(() -> {
                    open.set(StompClient.tcp("localhost", gateway.tcpPort()));
                    return true;
                });
        return open.get();
    }
}
