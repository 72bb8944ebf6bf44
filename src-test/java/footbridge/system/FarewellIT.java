package footbridge.system;

import static footbridge.system.Site.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;

import footbridge.testbed.StompClient;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// How a client is told that the gateway goes away.
@Timeout(120)
class FarewellIT {

    @TempDir private Path data;

    @Test
    void clientsAreToldToComeBackToAnotherReplica() throws Exception {
        try (Site site = Site.start(data);
                StompClient client = site.connected()) {
            assertThat(site.gateway().terminate(PATIENCE)).isPresent();

            assertThat(client.awaitEnd(PATIENCE).orElseThrow().code())
                    .isEqualTo(OptionalInt.of(1012));
        }
    }
}
