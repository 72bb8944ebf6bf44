package footbridge.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.vertx.core.MultiMap;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrustedProxiesTest {

    private final TrustedProxies proxies = new TrustedProxies(Set.of("10.0.0.0/8", "2001:db8::1"));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "10.1.2.3    | 192.0.2.1                     | 192.0.2.1",
                "2001:db8::1 | 192.0.2.1                     | 192.0.2.1",
                "10.1.2.3    | 192.0.2.1:4711                | 192.0.2.1",
                "10.1.2.3    | [2001:db8::7]:4711            | 2001:db8::7",
                "10.1.2.3    | 2001:db8::7                   | 2001:db8::7",
                "10.1.2.3    | 198.51.100.9, 192.0.2.1, 10.9.9.9 | 192.0.2.1",
                "11.1.2.3    | 192.0.2.1                     | 11.1.2.3",
                "2001:db8::2 | 192.0.2.1                     | 2001:db8::2",
            })
    void onlyAProxyIsBelieved(String peer, String forwardedFor, String client) {
        var headers = MultiMap.caseInsensitiveMultiMap().add("X-Forwarded-For", forwardedFor);

        assertThat(proxies.client(peer, headers)).contains(client);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "for=192.0.2.1",
                "For=\"192.0.2.1:4711\";proto=https;by=10.0.0.1",
                "for=198.51.100.9, proto=http;for=192.0.2.1",
                "for=192.0.2.1, for=10.2.2.2"
            })
    void forwardedOfRfc7239IsRead(String forwarded) {
        var headers =
                MultiMap.caseInsensitiveMultiMap()
                        .add("X-Forwarded-For", "203.0.113.1")
                        .add("Forwarded", forwarded);

        assertThat(proxies.client("10.1.2.3", headers)).contains("192.0.2.1");
    }

    @Test
    void aProxyThatDoesNotTellLeavesTheClientUnknown() {
        assertThat(proxies.client("10.1.2.3", MultiMap.caseInsensitiveMultiMap())).isEmpty();
        assertThat(proxies.client("10.1.2.3")).isEmpty();
        assertThat(proxies.client("192.0.2.1")).contains("192.0.2.1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"proxy.example", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/x", ""})
    void whatIsNoAddressIsRefused(String range) {
        assertThatIllegalArgumentException().isThrownBy(() -> new TrustedProxies(Set.of(range)));
    }

    @Test
    void aRangeEndsAtItsBits() {
        AddressRange range = AddressRange.of("192.0.2.128/25");

        assertThat(range.contains("192.0.2.128")).isTrue();
        assertThat(range.contains("192.0.2.255")).isTrue();
        assertThat(range.contains("192.0.2.127")).isFalse();
        assertThat(range.contains("unknown")).isFalse();
    }
}
