package footbridge.system;

import static footbridge.system.Site.PATIENCE;

import footbridge.clients.NodeTests;
import footbridge.testbed.BrokersProcess;
import footbridge.testbed.GatewayProcess;
import footbridge.testbed.StompClient;
import io.vertx.core.json.JsonObject;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.JMSRuntimeException;
import jakarta.jms.Message;
import java.nio.file.Path;
import java.util.Map;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The front end of Spring's guide to STOMP over WebSocket, with a JMS service where Spring has a
/// controller and the rule file of the examples in between.
@Timeout(300)
class SpringGreetingsIT {

    @TempDir private Path data;

    @Test
    void itsFrontEndWorksOverWebSocketAndSockJs() throws Exception {
        try (BrokersProcess brokers = BrokersProcess.startArtemis(data);
                var factory = new ActiveMQConnectionFactory(brokers.artemisUrl());
                JMSContext jms = ((ConnectionFactory) factory).createContext();
                GatewayProcess gateway = gateway(brokers)) {
            makeQueueAndTopic(gateway);
            greetWhoeverIsNamed(jms);
            NodeTests.run(
                    "page.greeting.test.mjs",
                    Map.of("FOOTBRIDGE_HOST", "localhost:" + gateway.httpPort()));
        }
    }

    private static GatewayProcess gateway(BrokersProcess brokers) {
        return GatewayProcess.withMappings(Path.of("mappings", "examples"))
                .settings(brokers.gatewaySettings())
                .setting("footbridge.websocket.paths", "/gs-guide-websocket")
                .setting("footbridge.sockjs.paths", "/gs-guide-websocket")
                .setting("footbridge.anonymous", "true")
                .setting("footbridge.origins", "*")
                .start();
    }

    /// By the rules' `create: auto`; the test's broker makes nothing by itself.
    private static void makeQueueAndTopic(GatewayProcess gateway) throws Exception {
        try (StompClient client = StompClient.tcp("localhost", gateway.tcpPort())) {
            client.send("CONNECT\naccept-version:1.2\nhost:h\n\n\0");
            client.expect("CONNECTED", PATIENCE);
            Site.subscribe(client, "0", "/topic/greetings");
            Site.send(client, "/app/hello", "{\"name\":\"nobody\"}");
        }
    }

    /// The service: reads the queue app.hello for as long as `jms` is open.
    private static void greetWhoeverIsNamed(JMSContext jms) {
        jms.createConsumer(jms.createQueue("app.hello"))
                .setMessageListener(message ->
                        jms.createProducer().send(jms.createTopic("greetings"), greeting(message)));
    }

    private static String greeting(Message message) {
        try {
            String name = new JsonObject(message.getBody(String.class)).getString("name");
            return new JsonObject().put("content", "Hello, %s!".formatted(name)).encode();
        } catch (JMSException e) {
            throw new JMSRuntimeException("not the text of a name", "", e);
        }
    }
}
