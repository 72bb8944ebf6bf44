package footbridge.testbed;

import java.net.URI;
import java.util.concurrent.TimeUnit;
import org.apache.activemq.broker.BrokerService;
import org.apache.activemq.broker.TransportConnector;
import org.apache.activemq.broker.region.Destination;
import org.apache.activemq.command.ActiveMQDestination;
import org.apache.activemq.command.ActiveMQQueue;
import org.apache.activemq.command.ActiveMQTopic;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/// A real ActiveMQ Classic broker in this JVM, with one TCP connector and its messages in memory.
/// It makes queues and topics when they are used. Start and stop block until done.
public final class ClassicBroker implements AutoCloseable {

    private final int port = FreePort.find();
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
}
