package footbridge.testbed;

import java.io.IOException;
import java.net.URI;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.activemq.broker.Broker;
import org.apache.activemq.broker.BrokerFilter;
import org.apache.activemq.broker.BrokerPlugin;
import org.apache.activemq.broker.BrokerService;
import org.apache.activemq.broker.ConnectionContext;
import org.apache.activemq.broker.TransportConnection;
import org.apache.activemq.broker.TransportConnector;
import org.apache.activemq.broker.region.Destination;
import org.apache.activemq.command.ActiveMQDestination;
import org.apache.activemq.command.ActiveMQQueue;
import org.apache.activemq.command.ActiveMQTopic;
import org.apache.activemq.command.TransactionId;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/// A real ActiveMQ Classic broker in this JVM, with one TCP connector and its messages in memory.
/// It makes queues and topics when they are used. Start and stop block until done.
public final class ClassicBroker implements AutoCloseable {

    /// When a connection breaks that commits.
    public enum Cut {
        NEVER,
        BEFORE_THE_COMMIT,
        AFTER_THE_COMMIT
    }

    private final int port = FreePort.find();
    private final AtomicReference<Cut> cut = new AtomicReference<>(Cut.NEVER);
    private @Nullable BrokerService running;

    /// Starts the broker, for the first time or again, and empty.
    public ClassicBroker start() throws Exception {
        var broker = new BrokerService();
        broker.setBrokerName("classic-" + port);
        broker.setPersistent(false);
        broker.setUseJmx(false);
        broker.setUseShutdownHook(false);
        TransportConnector connector = broker.addConnector(new URI("tcp://localhost:" + port));
        connector.setName("tcp");
        broker.setPlugins(new BrokerPlugin[] {next -> new CommitCut(next, cut)});
        broker.start();
        if (!broker.waitUntilStarted(TimeUnit.SECONDS.toMillis(60))) {
            throw new StartFailure("ActiveMQ Classic does not start", "");
        }
        running = broker;
        return this;
    }

    /// @param options of the client library, such as `jms.prefetchPolicy.queuePrefetch=0`
    public String url(String options) {
        return "tcp://localhost:%d?%s".formatted(port, options);
    }

    /// How many messages a queue holds, those included that consumers have and did not settle.
    public long messages(String queue) throws Exception {
        Destination found = broker().getDestination(new ActiveMQQueue(queue));
        return found.getDestinationStatistics().getMessages().getCount();
    }

    public long queueConsumers(String queue) throws Exception {
        return consumers(new ActiveMQQueue(queue));
    }

    public long topicConsumers(String topic) throws Exception {
        return consumers(new ActiveMQTopic(topic));
    }

    /// The next connection that commits breaks without an answer.
    public void cutNext(Cut when) {
        cut.set(when);
    }

    private long consumers(ActiveMQDestination destination) throws Exception {
        Destination found = broker().getDestination(destination);
        return found.getDestinationStatistics().getConsumers().getCount();
    }

    private BrokerService broker() {
        if (running == null) {
            throw new IllegalStateException("the broker is not started");
        }
        return running;
    }

    public void stop() throws Exception {
        BrokerService last = running;
        running = null;
        if (last != null) {
            last.stop();
            last.waitUntilStopped();
            Awaitility.await().until(last::isStopped);
        }
    }

    @Override
    public void close() {
        try {
            stop();
        } catch (Exception e) {
            throw new IllegalStateException("ActiveMQ Classic does not stop", e);
        }
    }

    /// Breaks the connection of one commit, before or after it is done.
    private static final class CommitCut extends BrokerFilter {

        private final AtomicReference<Cut> cut;

        CommitCut(Broker inner, AtomicReference<Cut> cut) {
            super(inner);
            this.cut = cut;
        }

        @Override
        public void commitTransaction(ConnectionContext of, TransactionId id, boolean onePhase)
                throws Exception {
            Cut now = cut.getAndSet(Cut.NEVER);
            if (now != Cut.BEFORE_THE_COMMIT) {
                super.commitTransaction(of, id, onePhase);
            }
            if (now != Cut.NEVER) {
                ((TransportConnection) of.getConnection()).getTransport().stop();
                throw new IOException("cut");
            }
        }
    }
}
