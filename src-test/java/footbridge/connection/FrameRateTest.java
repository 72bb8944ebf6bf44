package footbridge.connection;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FrameRateTest {

    private static final long START = 7_000;

    private final FrameRate rate = new FrameRate(10, START);

    @Test
    void aSecondsWorthMayComeAtOnceAfterAQuietSecond() {
        long now = START + SECONDS.toNanos(1);

        assertThat(rate.ahead(10, now)).isZero();
        assertThat(rate.ahead(1, now)).isEqualTo(MILLISECONDS.toNanos(100));
    }

    @Test
    void aLongSilenceEarnsNoMoreThanASecond() {
        long now = START + SECONDS.toNanos(60);

        assertThat(rate.ahead(10, now)).isZero();
        assertThat(rate.ahead(1, now)).isPositive();
    }

    @Test
    void anEvenPaceIsNeverAhead() {
        long now = START;
        for (int i = 0; i < 1_000; i++) {
            now += MILLISECONDS.toNanos(100);
            assertThat(rate.ahead(1, now)).isZero();
        }
    }

    @Test
    void whoeverWasAheadIsWaitedFor() {
        long now = START + SECONDS.toNanos(1);

        assertThat(rate.ahead(30, now)).isEqualTo(SECONDS.toNanos(2));
        assertThat(rate.ahead(1, now + SECONDS.toNanos(2))).isEqualTo(MILLISECONDS.toNanos(100));
    }
}
