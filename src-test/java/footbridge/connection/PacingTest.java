package footbridge.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class PacingTest {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final Pacing pacing = new Pacing();
    private long now = Long.MAX_VALUE - SECOND / 2; // nanoTime may overflow at any time

    @Test
    void aSecondsWorthMayComeAtOnce() {
        send("a", 10, 10);

        assertThat(pacing.heldFor(now)).isZero();
    }

    @Test
    void whoSendsMoreWaitsUntilTheRateIsRightAgain() {
        send("a", 10, 13);

        assertThat(pacing.heldFor(now)).isEqualTo(3 * SECOND / 10);
        now += 3 * SECOND / 10;
        assertThat(pacing.heldFor(now)).isZero();
        send("a", 10, 1);
        assertThat(pacing.heldFor(now)).isEqualTo(SECOND / 10);
    }

    @Test
    void theRateHoldsOverTime() {
        int sent = 0;
        long end = now + 10 * SECOND;
        while (now - end < 0) {
            now += pacing.heldFor(now);
            send("a", 100, 1);
            sent++;
        }

        assertThat(sent).isBetween(1_095, 1_105);
    }

    @Test
    void rulesAreCountedApartAndTheLongestWaitHolds() {
        send("a", 10, 20);
        send("b", 10, 15);

        assertThat(pacing.heldFor(now)).isEqualTo(SECOND);
        now += SECOND;
        send("c", 1, 1);
        assertThat(pacing.heldFor(now)).isZero();
    }

    @Test
    void rulesOfThePastAreForgotten() {
        for (int i = 0; i < 100_000; i++) {
            send("rule " + i, 1_000, 1);
            now += SECOND / 1_000;
        }

        assertThat(pacing.size()).isLessThanOrEqualTo(1_001);
    }

    private void send(String rule, int perSecond, int times) {
        for (int i = 0; i < times; i++) {
            pacing.took(rule, perSecond, now);
        }
    }
}
