package footbridge.jms.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import footbridge.jms.ArtemisBackend;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class ArtemisSettingsTest {

    private static final ArtemisSettings SETTINGS =
            ArtemisSettings.of("artemis", "tcp://broker:61616?keyStorePassword=hidden1")
                    .withAccount("gateway", "hidden2");

    @Test
    void theirTextShowsNoSecret() {
        assertThat(SETTINGS.toString()).contains("gateway").doesNotContain("hidden");
    }

    @Test
    void timesMustBePositive() {
        assertThatThrownBy(() -> SETTINGS.withTimes(Duration.ZERO, Duration.ofSeconds(1)))
                .hasMessageContaining("callTimeout");
        assertThatThrownBy(() -> SETTINGS.withTimes(Duration.ofSeconds(1), Duration.ofSeconds(-1)))
                .hasMessageContaining("reconnectDelay");
    }

    @Test
    void anAddressThatIsNoneIsRefusedAtOnce() {
        assertThatThrownBy(() -> new ArtemisBackend(ArtemisSettings.of("artemis", "nonsense")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("artemis");
    }
}
