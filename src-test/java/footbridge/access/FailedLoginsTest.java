package footbridge.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FailedLoginsTest {

    private static final Duration WINDOW = Duration.ofMinutes(1);
    private static final String HERE = "10.0.0.1";
    private static final String THERE = "10.0.0.2";

    private long now = 1;

    private final FailedLogins failures =
            new FailedLogins(new LoginLimits(3, 5, WINDOW), () -> now);

    @Test
    void anAddressWithTooManyFailuresWaitsUntilItsWindowIsOver() {
        fail(HERE, "a", 1);
        now += Duration.ofSeconds(10).toNanos();
        fail(HERE, "b", 1);
        assertThat(blocked(HERE, "c")).isZero();
        fail(HERE, "c", 1);

        assertThat(blocked(HERE, "d")).isEqualTo(Duration.ofSeconds(50));
        assertThat(failures.blocked(HERE, Optional.empty())).isEqualTo(Duration.ofSeconds(50));

        now += Duration.ofSeconds(50).toNanos();
        assertThat(blocked(HERE, "d")).isZero();
        fail(HERE, "d", 2);
        assertThat(blocked(HERE, "d")).isZero();
    }

    @Test
    void othersDoNotWait() {
        fail(HERE, "a", 3);

        assertThat(blocked(THERE, "a")).isZero();
        assertThat(blocked(THERE, "b")).isZero();
    }

    @Test
    void aLoginNameWithTooManyFailuresWaitsWhereverItsClientsAre() {
        for (int i = 0; i < 5; i++) {
            fail("10.0.1." + i, "root", 1);
        }

        assertThat(blocked(THERE, "root")).isEqualTo(WINDOW);
        assertThat(blocked("10.0.1.0", "ann")).isZero();
    }

    @Test
    void anIpv6ClientIsItsNetwork() {
        fail("2001:db8:1:2::1", "a", 1);
        fail("2001:db8:1:2::2", "b", 1);
        fail("2001:db8:1:2:ffff:ffff:ffff:ffff", "c", 1);

        assertThat(blocked("2001:db8:1:2::3", "d")).isEqualTo(WINDOW);
        assertThat(blocked("2001:db8:1:3::3", "d")).isZero();
    }

    @Test
    void withoutLimitNothingIsCounted() {
        var open = new FailedLogins(new LoginLimits(0, 0, WINDOW), () -> now);
        for (int i = 0; i < 100; i++) {
            open.failed(HERE, Optional.of("a"));
        }

        assertThat(open.blocked(HERE, Optional.of("a"))).isZero();
    }

    @Test
    void soManyKeysAreKeptAndNotOneMore() {
        var counts = new FailureCounts(1, WINDOW, () -> now);
        for (int i = 0; i <= FailureCounts.MAX_KEYS; i++) {
            counts.add("k" + i);
        }

        assertThat(counts.size()).isEqualTo(FailureCounts.MAX_KEYS);
        assertThat(counts.blocked("k0")).isZero();
        assertThat(counts.blocked("k1")).isEqualTo(WINDOW);
        now += WINDOW.toNanos();
        counts.add("new");
        assertThat(counts.size()).isEqualTo(1);
    }

    private void fail(String address, String login, int times) {
        for (int i = 0; i < times; i++) {
            failures.failed(address, Optional.of(login));
        }
    }

    private Duration blocked(String address, String login) {
        return failures.blocked(address, Optional.of(login));
    }
}
