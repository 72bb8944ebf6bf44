package footbridge.conversations;

import footbridge.testbed.BrokersProcess;
import footbridge.testbed.GatewayProcess;
import footbridge.testbed.SockJs;
import footbridge.testbed.StompClient;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;

/// The packaged gateway in front of real brokers, with the rules and limits that the conversations
/// are written for.
final class WireGateway implements Clients, AutoCloseable {

    private static final String[] JVM = {"-Xmx256m", "-XX:+UseSerialGC"};

    private final BrokersProcess brokers;
    private final GatewayProcess gateway;

    private WireGateway(BrokersProcess brokers, GatewayProcess gateway) {
        this.brokers = brokers;
        this.gateway = gateway;
    }

    static WireGateway start(Path data) {
        BrokersProcess brokers = BrokersProcess.start(data);
        GatewayProcess gateway =
                GatewayProcess.withMappings(MemoryGateway.RULES)
                        .settings(brokers.gatewaySettings())
                        .setting("footbridge.anonymous", "true")
                        .setting("footbridge.heart-beat.outgoing", "1s")
                        .setting("footbridge.heart-beat.incoming", "1s")
                        .setting("footbridge.limits.subscriptions", "20")
                        .setting("footbridge.limits.time-to-connect", "6s")
                        .setting("footbridge.login.failures-per-address", "0")
                        .setting("footbridge.login.failures-per-login", "0")
                        .setting("footbridge.sockjs.heart-beat", "1s")
                        .setting("footbridge.sockjs.streaming-limit", "4K")
                        .setting("quarkus.security.users.embedded.plain-text", "true")
                        .setting("quarkus.security.users.embedded.users.guest", "guest")
                        .setting("quarkus.security.users.embedded.roles.guest", "demo")
                        .jvm(JVM)
                        .start();
        return new WireGateway(brokers, gateway);
    }

    GatewayProcess process() {
        return gateway;
    }

    URI webSocket() {
        return gateway.webSocket();
    }

    @Override
    public StompClient open(Way way) throws IOException {
        return switch (way) {
            case TEXT -> StompClient.webSocket(webSocket(), "v12.stomp", "v11.stomp", "v10.stomp");
            case BINARY -> StompClient.binaryWebSocket(webSocket());
            case TCP -> StompClient.tcp("localhost", gateway.tcpPort());
            case SOCKJS -> StompClient.sockJs(gateway.sockJs(), SockJs.WEB_SOCKET);
            case MEMORY -> throw new IllegalArgumentException("not over " + way);
        };
    }

    @Override
    public void close() {
        gateway.close();
        brokers.close();
    }
}
