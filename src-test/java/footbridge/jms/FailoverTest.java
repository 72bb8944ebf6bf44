package footbridge.jms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import footbridge.backend.BackendSession;
import footbridge.backend.SubscribeOptions;
import footbridge.backend.Subscription;
import footbridge.jms.link.ArtemisSettings;
import footbridge.testbed.ArtemisBroker;
import footbridge.testbed.FreePort;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A url with several addresses.
class FailoverTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir Path folder;

    private ArtemisBroker first;
    private ArtemisBroker second;

    @BeforeEach
    void start() throws Exception {
        first = ArtemisBroker.in(folder.resolve("first")).queues("ORDERS").start();
        second = ArtemisBroker.in(folder.resolve("second")).queues("ORDERS").start();
    }

    @AfterEach
    void stop() throws Exception {
        first.close();
        second.close();
    }

    @Test
    void anAddressWhereNobodyIsIsPassedOver() throws Exception {
        String dead = "tcp://localhost:" + FreePort.find();

        try (ArtemisBackend backend = on(dead, second.url())) {
            awaitUp(backend);

            send(backend.open(), "hello");
        }
        assertThat(second.queueNamed("ORDERS").getMessageCount()).isEqualTo(1);
    }

    @Test
    void allThatAClientDoesIsAtTheFirstThatAnswers() throws Exception {
        try (ArtemisBackend backend = on(first.url(), second.url())) {
            awaitUp(backend);
            for (int n = 0; n < 6; n++) {
                BackendSession session = backend.open();
                var inbox = new Inbox();
                Subscription subscription =
                        session.subscribe(
                                Messages.queue("ORDERS"), SubscribeOptions.automatic(1), inbox);

                send(session, "m" + n);

                assertThat(Inbox.text(inbox.await1())).isEqualTo("m" + n);
                subscription.accepted(inbox.await1());
                session.close();
            }
        }
        assertThat(second.queueNamed("ORDERS").getMessagesAdded()).isZero();
    }

    @Test
    void whenOneDiesTheOtherIsUsedAndSubscriptionsGoOn() throws Exception {
        try (ArtemisBackend backend = on(first.url(), second.url())) {
            awaitUp(backend);
            BackendSession session = backend.open();
            var inbox = new Inbox();
            session.subscribe(Messages.queue("ORDERS"), SubscribeOptions.automatic(10), inbox);

            first.kill();
            await().atMost(PATIENCE)
                    .until(() -> second.queueNamed("ORDERS").getConsumerCount() == 1);
            awaitUp(backend);
            send(session, "over there");

            assertThat(Inbox.text(inbox.await1())).isEqualTo("over there");
        }
    }

    private static ArtemisBackend on(String... urls) {
        return new ArtemisBackend(
                ArtemisSettings.of("artemis", "(" + String.join(",", urls) + ")")
                        .withTimes(Duration.ofSeconds(5), Duration.ofMillis(50)));
    }

    private static void awaitUp(ArtemisBackend backend) {
        await().atMost(PATIENCE).until(() -> backend.availability().up());
    }

    private static void send(BackendSession session, String text) throws Exception {
        var outcome = new Outcome();
        session.send(Messages.queue("ORDERS"), Messages.text(text), outcome);
        assertThat(outcome.awaitEnd().isConfirmed()).isTrue();
    }
}
