package footbridge.jms;

import static org.awaitility.Awaitility.await;

import footbridge.backend.BackendSession;
import footbridge.backend.SubscribeOptions;
import footbridge.jms.link.ArtemisSettings;
import footbridge.testbed.ArtemisBroker;
import jakarta.jms.JMSContext;
import jakarta.jms.Message;
import jakarta.jms.Queue;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// A broker of its own for each test, the backend on it, and a plain Jakarta Messaging client.
abstract class BrokerTest {

    static final SubscribeOptions PREFETCH_100 = SubscribeOptions.automatic(100);

    private static final long RECEIVE_MS = 10_000;

    @TempDir Path folder;

    ArtemisBroker broker;
    ArtemisBackend backend;
    BackendSession session;

    @BeforeEach
    void startBroker() throws Exception {
        broker =
                prepare(ArtemisBroker.in(folder).queues("ORDERS", "OTHER").topics("ticks")).start();
        backend = new ArtemisBackend(settings(broker.url()));
        awaitUp();
        session = backend.open();
    }

    @AfterEach
    void stopBroker() throws Exception {
        backend.close();
        broker.close();
    }

    ArtemisBroker.Builder prepare(ArtemisBroker.Builder builder) {
        return builder;
    }

    ArtemisSettings settings(String url) {
        return ArtemisSettings.of("artemis", url)
                .withTimes(Duration.ofSeconds(5), Duration.ofMillis(50));
    }

    void awaitUp() {
        await().until(() -> backend.availability().up());
    }

    /// Sends a text and waits until the broker has it.
    void sendAndConfirm(String queue, String text) throws Exception {
        var outcome = new Outcome();
        session.send(Messages.queue(queue), Messages.text(text), outcome);
        if (!outcome.awaitEnd().isConfirmed()) {
            throw outcome.failure();
        }
    }

    /// The next message of a queue, read by a plain Jakarta Messaging client.
    Message receive(String queueName) throws Exception {
        try (var factory = new ActiveMQConnectionFactory(broker.url());
                JMSContext context = factory.createContext()) {
            Queue queue = context.createQueue(queueName);
            return context.createConsumer(queue).receive(RECEIVE_MS);
        }
    }

    JMSContext jms() {
        return new ActiveMQConnectionFactory(broker.url()).createContext();
    }
}
