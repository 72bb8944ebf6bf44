package footbridge.bench.peers;

import footbridge.testbed.ArtemisBroker;
import java.nio.file.Path;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;

/// Artemis as its own STOMP server, over WebSocket and TCP at one port, with the journal of the
/// broker that stands behind the gateway.
///
///     ArtemisStomp PORT FOLDER
public final class ArtemisStomp {

    private ArtemisStomp() {}

    public static void main(String[] arguments) throws Exception {
        ArtemisBroker.in(Path.of(arguments[1]))
                .addresses("#", ArtemisStomp::createAll)
                .acceptor(
                        "stomp",
                        "tcp://localhost:%s?protocols=STOMP,CORE;anycastPrefix=/queue/;multicastPrefix=/topic/;webSocketMaxFramePayloadLength=1048576"
                                .formatted(arguments[0]))
                .start();
        System.out.println("ready");
    }

    private static void createAll(AddressSettings settings) {
        settings.setAutoCreateAddresses(true).setAutoCreateQueues(true);
    }
}
