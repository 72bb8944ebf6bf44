package footbridge.jms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import footbridge.backend.BackendFailure;
import footbridge.jms.link.ArtemisSettings;
import footbridge.testbed.ArtemisBroker;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class SecurityTest extends BrokerTest {

    @Override
    ArtemisBroker.Builder prepare(ArtemisBroker.Builder builder) {
        return builder.user("gateway", "secret").queues("CLOSED").close("CLOSED");
    }

    @Override
    ArtemisSettings settings(String url) {
        return super.settings(url).withAccount("gateway", "secret");
    }

    @Test
    void anOpenQueueTakesTheMessage() throws Exception {
        sendAndConfirm("ORDERS", "m");

        assertThat(broker.queueNamed("ORDERS").getMessageCount()).isEqualTo(1);
    }

    @Test
    void aClosedQueueRefusesTheMessageAndTheSubscription() throws Exception {
        var outcome = new Outcome();
        BackendFailure thrown =
                catchThrowableOfType(
                        BackendFailure.class,
                        () -> session.send(Messages.queue("CLOSED"), Messages.text("m"), outcome));
        BackendFailure failure = thrown == null ? outcome.awaitEnd().failure() : thrown;
        BackendFailure refused =
                catchThrowableOfType(
                        BackendFailure.class,
                        () ->
                                session.subscribe(
                                        Messages.queue("CLOSED"), PREFETCH_100, new Inbox()));

        assertThat(failure.kind()).isEqualTo(BackendFailure.Kind.FORBIDDEN);
        assertThat(refused.kind()).isEqualTo(BackendFailure.Kind.FORBIDDEN);
    }

    @Test
    void aWrongPasswordShowsInTheAvailability() {
        var wrong = super.settings(broker.url()).withAccount("gateway", "wr0ng");
        try (var locked = new ArtemisBackend(wrong)) {
            await().until(() -> locked.availability().reason().contains("AMQ"));

            assertThat(locked.availability().up()).isFalse();
            assertThat(locked.availability().reason()).doesNotContain("wr0ng");
            // One connection per link of the good backend, one per attempt of this one.
            await().during(Duration.ofSeconds(1))
                    .until(() -> broker.server().getConnectionCount() <= 4);
        }
    }
}
