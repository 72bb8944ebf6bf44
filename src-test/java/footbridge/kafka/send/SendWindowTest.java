package footbridge.kafka.send;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import footbridge.backend.BackendFailure;
import footbridge.backend.BackendFailure.Kind;
import footbridge.kafka.Outcome;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class SendWindowTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int MUCH = 300 * 1024;

    private final AtomicBoolean throttled = new AtomicBoolean(true);
    private final AtomicBoolean leaving = new AtomicBoolean();
    private final SendWindow window = new SendWindow(throttled::get, Duration.ofMillis(300));

    @Test
    void oneRecordAlwaysHasRoom() throws Exception {
        enter(100 * MUCH).leave();
        enter(100 * MUCH).leave();
    }

    @Test
    void whoFindsNoRoomUnderAQuotaWaitsUntilThereIsSome() throws Exception {
        SendWindow.Passage first = enter(MUCH);
        CompletableFuture<SendWindow.Passage> second = entering();
        // Longer than the time after which a producer gives up.
        await().pollDelay(Duration.ofMillis(700)).atMost(PATIENCE).until(() -> !second.isDone());

        first.confirmed();

        assertThat(second.get()).isNotNull();
    }

    @Test
    void withoutAQuotaItIsRefusedInTime() throws Exception {
        throttled.set(false);
        enter(MUCH);

        assertThat(catchThrowableOfType(BackendFailure.class, () -> enter(MUCH)).kind())
                .isEqualTo(Kind.FULL);
    }

    @Test
    void aClientThatLeavesWaitsNoMore() throws Exception {
        enter(MUCH);
        CompletableFuture<SendWindow.Passage> second = entering();

        leaving.set(true);

        assertThatThrownBy(second::get).hasRootCauseInstanceOf(InterruptedException.class);
    }

    private SendWindow.Passage enter(int octets) throws Exception {
        return window.enter(octets, new Outcome(), leaving::get);
    }

    private CompletableFuture<SendWindow.Passage> entering() {
        CompletableFuture<SendWindow.Passage> entered = new CompletableFuture<>();
        Thread.ofVirtual()
                .start(() -> {
                    try {
                        entered.complete(enter(MUCH));
                    } catch (Exception e) {
                        entered.completeExceptionally(e);
                    }
                });
        return entered;
    }
}
