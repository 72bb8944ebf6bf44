package footbridge.jms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import footbridge.backend.Acknowledgement;
import footbridge.backend.BackendFailure;
import footbridge.backend.BackendSession;
import footbridge.backend.Message;
import footbridge.backend.Selection;
import footbridge.backend.SubscribeOptions;
import footbridge.backend.Subscription;
import footbridge.backend.Target;
import footbridge.jms.link.ArtemisSettings;
import footbridge.testbed.ArtemisBroker;
import jakarta.jms.JMSContext;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// One broker and one backend for all tests of a class, each with queues and topics of its own.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class SharedBrokerTest {

    static final Duration QUIET = Duration.ofMillis(300);

    ArtemisBroker broker;
    ArtemisBackend backend;
    private final List<BackendSession> sessions = new CopyOnWriteArrayList<>();

    @BeforeAll
    void startBroker(@TempDir Path folder) throws Exception {
        broker = prepare(ArtemisBroker.in(folder)).start();
        backend =
                new ArtemisBackend(
                        ArtemisSettings.of("artemis", broker.url())
                                .withTimes(Duration.ofSeconds(10), Duration.ofMillis(50)));
        await().until(() -> backend.availability().up());
    }

    @AfterEach
    void closeSessions() {
        sessions.forEach(BackendSession::close);
        sessions.clear();
    }

    @AfterAll
    void stopBroker() {
        backend.close();
        broker.close();
    }

    ArtemisBroker.Builder prepare(ArtemisBroker.Builder builder) {
        return builder.queues("DLQ");
    }

    /// What a client connection has at the broker; closed after the test.
    BackendSession client(String name) {
        BackendSession session = backend.open(name);
        sessions.add(session);
        return session;
    }

    JMSContext jms() {
        return new ActiveMQConnectionFactory(broker.url()).createContext();
    }

    static void send(BackendSession by, Target to, Message message) throws Exception {
        var outcome = new Outcome();
        by.send(to, message, outcome);
        if (!outcome.awaitEnd().isConfirmed()) {
            throw outcome.failure();
        }
    }

    static void send(BackendSession by, Target to, String... texts) throws Exception {
        for (String text : texts) {
            send(by, to, Messages.text(text));
        }
    }

    static Subscription subscribe(
            BackendSession by, Target to, Selection selection, Acknowledgement mode, Inbox inbox)
            throws Exception {
        return by.subscribe(to, new SubscribeOptions(100, mode, selection), inbox);
    }

    static Selection selector(String text) {
        return new Selection(Optional.of(text), false, false, Optional.empty());
    }

    static Selection noLocal(Optional<String> selector) {
        return new Selection(selector, true, false, Optional.empty());
    }

    static Selection durable(String client, String name) {
        return new Selection(
                Optional.empty(), false, false, Optional.of(new Selection.Durable(client, name)));
    }

    static BackendFailure failureOf(ThrowingCallable call) {
        return Objects.requireNonNull(catchThrowableOfType(BackendFailure.class, call));
    }

    static void staysAt(Inbox inbox, int count) {
        await().during(QUIET).until(() -> inbox.deliveries().size() == count);
    }

    long messages(String queue) {
        return broker.queueNamed(queue).getMessageCount();
    }

    void awaitMessages(String queue, long count) {
        await().until(() -> messages(queue) == count);
        assertThat(messages(queue)).isEqualTo(count);
    }
}
