package footbridge.portable;

import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import footbridge.backend.Acknowledgement;
import footbridge.backend.BackendFailure;
import footbridge.backend.BackendSession;
import footbridge.backend.Delivery;
import footbridge.backend.Settlement;
import footbridge.backend.Settlement.Outcome;
import footbridge.backend.SubscribeOptions;
import footbridge.backend.Subscription;
import footbridge.backend.Target;
import footbridge.jms.Inbox;
import footbridge.jms.Messages;
import footbridge.portable.provider.PortableSettings;
import footbridge.portable.provider.Provider;
import footbridge.testbed.ClassicBroker;
import jakarta.jms.JMSContext;
import jakarta.jms.Message;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.activemq.ActiveMQConnectionFactory;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/// A broker for the tests of a class, and for each test a backend on it, a queue and a topic of its
/// own, and a plain Jakarta Messaging client.
abstract class ClassicTest {

    static final Duration PATIENCE = Duration.ofSeconds(30);

    /// Redelivered soon, and dead after three redeliveries.
    static final String PULL =
            "jms.prefetchPolicy.queuePrefetch=0"
                    + "&jms.redeliveryPolicy.initialRedeliveryDelay=50"
                    + "&jms.redeliveryPolicy.redeliveryDelay=50"
                    + "&jms.redeliveryPolicy.maximumRedeliveries=3";

    private static final long RECEIVE_MS = 10_000;
    private static final AtomicInteger NUMBER = new AtomicInteger();

    static ClassicBroker broker;

    final String queue = "ORDERS." + NUMBER.incrementAndGet();
    final String topic = "ticks." + NUMBER.get();
    PortableBackend backend;
    BackendSession session;

    @BeforeAll
    static void startBroker() throws Exception {
        broker = new ClassicBroker().start();
    }

    @AfterAll
    static void stopBroker() throws Exception {
        broker.close();
    }

    @BeforeEach
    void connect() {
        backend = new PortableBackend(settings(broker.url(PULL)));
        await().atMost(PATIENCE).until(() -> backend.availability().up());
        session = backend.open();
    }

    @AfterEach
    void disconnect() {
        session.close();
        backend.close();
    }

    static PortableSettings settings(String url) {
        return settings(
                new Provider.Factory.OfClass(ActiveMQConnectionFactory.class.getName()),
                Map.of("broker-url", url));
    }

    static PortableSettings settings(Provider.Factory factory, Map<String, String> properties) {
        return new PortableSettings(
                "classic",
                new Provider(Optional.empty(), factory, properties),
                Optional.empty(),
                Optional.empty(),
                2,
                5,
                Duration.ofMillis(50));
    }

    static SubscribeOptions byClient(int prefetch) {
        return new SubscribeOptions(prefetch, Acknowledgement.BY_CLIENT);
    }

    Target queue() {
        return Messages.queue(queue);
    }

    /// Sends `m0`, `m1` ...
    void fill(int messages) throws Exception {
        for (int n = 0; n < messages; n++) {
            send(session, queue(), "m" + n);
        }
    }

    static void send(BackendSession session, Target target, String text) throws Exception {
        var outcome = new footbridge.jms.Outcome();
        session.send(target, Messages.text(text), outcome);
        outcome.awaitEnd();
    }

    /// Waits for `count` deliveries in all, and says that the client's socket has taken them.
    static List<Delivery> take(Subscription subscription, Inbox inbox, int count) {
        List<Delivery> taken = List.copyOf(inbox.awaitCount(count).subList(0, count));
        taken.forEach(subscription::accepted);
        return taken;
    }

    void settle(Subscription subscription, Outcome outcome, Delivery... deliveries)
            throws Exception {
        var told = new footbridge.jms.Outcome();
        session.settle(settlements(subscription, outcome, deliveries), Optional.of(told));
        if (!told.awaitEnd().isConfirmed()) {
            throw told.failure();
        }
    }

    static List<Settlement> settlements(
            Subscription subscription, Outcome outcome, Delivery... deliveries) {
        return Stream.of(deliveries)
                .map(delivery -> new Settlement(subscription, delivery, outcome))
                .toList();
    }

    void awaitMessages(String name, long count) {
        await().atMost(PATIENCE).until(() -> broker.messages(name) == count);
    }

    static BackendFailure failureOf(ThrowingCallable call) {
        return catchThrowableOfType(BackendFailure.class, call);
    }

    /// The next message of a queue, read by a plain client of Classic.
    static Message receive(String name) {
        try (JMSContext context = plain()) {
            return context.createConsumer(context.createQueue(name)).receive(RECEIVE_MS);
        }
    }

    static JMSContext plain() {
        return new ActiveMQConnectionFactory(broker.url("jms.prefetchPolicy.all=0"))
                .createContext();
    }
}
