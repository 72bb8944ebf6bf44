package footbridge.app.settings;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import footbridge.app.GivenSettings;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A setting that makes no sense is refused with its key, its value and what would be right.
class BoundsTest {

    @ParameterizedTest
    @CsvSource({
        "limits.command, 0, 0, 1 or more",
        "limits.header-line, 0, 0, such as 64K",
        "limits.headers, -1, -1, 1 or more",
        "limits.queued-bytes, 0, 0, such as 64K",
        "limits.queued-messages, 0, 0, 1 or more",
        "limits.unconfirmed-bytes, 0, 0, such as 64K",
        "limits.transactions, 0, 0, 1 or more",
        "limits.transaction-bytes, 0, 0, such as 64K",
        "limits.connections, 0, 0, 1 or more",
        "limits.connections-per-address, -1, -1, 0 or more",
        "limits.time-to-connect, 0s, PT0S, such as 10s",
        "heart-beat.outgoing, 10ms, PT0.01S, use 1s or more",
        "sockjs.session-timeout, 0s, PT0S, such as 10s",
        "shutdown.notice, -1s, PT-1S, such as 5s",
        "shutdown.rate, 0, 0, 1 or more",
        "shutdown.timeout, 0s, PT0S, such as 10s",
        "shutdown.retry-after, -1s, PT-1S, such as 5s",
        "trusted-proxies, somewhere, somewhere, like 10.0.0.0/8",
    })
    void aValueThatMakesNoSenseIsRefused(String key, String value, String shown, String fix) {
        FootbridgeSettings settings = GivenSettings.of(Map.of(key, value));

        assertThatThrownBy(() -> readAll(settings))
                .message()
                .startsWith("footbridge." + key + ": ")
                .contains(shown)
                .contains(fix);
    }

    private static void readAll(FootbridgeSettings settings) {
        var _ = Bounds.connection(settings.limits());
        var _ = Bounds.session(settings, "test");
        var _ = Bounds.admission(settings.limits());
        var _ = Bounds.sockJs(settings);
        var _ = Bounds.arrivals(settings);
        var _ = Bounds.departure(settings.shutdown());
        var _ = Bounds.notice(settings.shutdown());
    }
}
