package footbridge.bench.peers;

import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.apache.activemq.broker.BrokerService;
import org.apache.activemq.store.kahadb.KahaDBPersistenceAdapter;

/// ActiveMQ Classic with its `ws` transport and its usual store.
///
///     ClassicWebSocket PORT FOLDER
public final class ClassicWebSocket {

    private ClassicWebSocket() {}

    public static void main(String[] arguments) throws Exception {
        var store = new KahaDBPersistenceAdapter();
        store.setDirectory(Path.of(arguments[1]).toFile());
        var broker = new BrokerService();
        broker.setBrokerName("classic-" + arguments[0]);
        broker.setPersistenceAdapter(store);
        broker.setUseJmx(false);
        broker.addConnector(new URI("ws://localhost:" + arguments[0]));
        broker.start();
        if (!broker.waitUntilStarted(TimeUnit.MINUTES.toMillis(1))) {
            throw new IllegalStateException("ActiveMQ Classic does not start");
        }
        System.out.println("ready");
    }
}
