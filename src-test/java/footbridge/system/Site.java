package footbridge.system;

import footbridge.testbed.BrokersProcess;
import footbridge.testbed.GatewayProcess;
import footbridge.testbed.StompClient;
import footbridge.testbed.StompFrame;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/// Artemis, Kafka and a gateway with the demo's rules in front of them, as a user has them.
final class Site implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofSeconds(20);

    private final BrokersProcess brokers;
    private final GatewayProcess gateway;

    private Site(BrokersProcess brokers, GatewayProcess gateway) {
        this.brokers = brokers;
        this.gateway = gateway;
    }

    static Site start(Path data) {
        return start(data, Map.of());
    }

    /// @param settings beside those of the demo
    static Site start(Path data, Map<String, String> settings, String... jvmOptions) {
        BrokersProcess brokers = BrokersProcess.start(data);
        GatewayProcess gateway =
                demoGateway()
                        .settings(brokers.gatewaySettings())
                        .settings(settings)
                        .jvm(jvmOptions)
                        .start();
        return new Site(brokers, gateway);
    }

    /// A gateway with the demo's rules and settings, and no brokers yet.
    static GatewayProcess.Recipe demoGateway() {
        return GatewayProcess.withMappings(Path.of("mappings"))
                .setting("footbridge.anonymous", "true")
                .setting("footbridge.page", "true")
                .setting("footbridge.heart-beat.outgoing", "1s")
                .setting("footbridge.heart-beat.incoming", "1s")
                .setting("quarkus.security.users.embedded.plain-text", "true")
                .setting("quarkus.security.users.embedded.users.guest", "guest")
                .setting("quarkus.security.users.embedded.roles.guest", "demo");
    }

    BrokersProcess brokers() {
        return brokers;
    }

    GatewayProcess gateway() {
        return gateway;
    }

    /// A client over WebSocket that has been told CONNECTED.
    StompClient connected() throws IOException, InterruptedException {
        return connected(gateway);
    }

    static StompClient connected(GatewayProcess gateway) throws IOException, InterruptedException {
        StompClient client = StompClient.webSocket(gateway.webSocket(), "v12.stomp");
        client.send("CONNECT", Map.of("accept-version", "1.2", "host", "localhost"), "");
        client.expect("CONNECTED", PATIENCE);
        return client;
    }

    /// Subscribes and waits until the subscription is in place.
    static void subscribe(StompClient client, String id, String destination)
            throws IOException, InterruptedException {
        client.send(
                "SUBSCRIBE",
                Map.of("id", id, "destination", destination, "receipt", "subscribed-" + id),
                "");
        client.expect("RECEIPT", PATIENCE);
    }

    /// Sends with a receipt and returns what comes of it.
    static StompFrame send(StompClient client, String destination, String body)
            throws IOException, InterruptedException {
        client.send("SEND", Map.of("destination", destination, "receipt", "sent"), body);
        return client.next(PATIENCE).orElseThrow();
    }

    static Map<String, String> headers(String... namesAndValues) {
        Map<String, String> headers = new HashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            headers.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return headers;
    }

    @Override
    public void close() {
        gateway.close();
        brokers.close();
    }
}
