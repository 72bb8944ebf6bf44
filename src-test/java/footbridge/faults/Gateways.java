package footbridge.faults;

import footbridge.testbed.BrokersProcess;
import footbridge.testbed.GatewayProcess;
import footbridge.testbed.KafkaNodes;
import java.nio.file.Path;

/// Gateways as fault runs have them, open to everybody.
final class Gateways {

    private Gateways() {}

    /// `/queue/NAME` leads to the queue `faults.NAME`.
    static GatewayProcess.Recipe onArtemis(BrokersProcess broker) {
        return on(broker, "artemis");
    }

    /// `/topic/NAME` leads to the topic `faults.NAME`.
    static GatewayProcess.Recipe onKafka(BrokersProcess broker) {
        return on(broker, "kafka");
    }

    /// `/queue/RUN.ordered` and `/queue/RUN.from` lead to consumer groups, `/queue/RUN.shared` to a
    /// share group, `/topic/RUN.to` to a topic. Its groups notice after three seconds when it dies,
    /// and its transactions are the next one's.
    static GatewayProcess.Recipe onKafkaGroups(KafkaNodes nodes) {
        return GatewayProcess.withMappings(Path.of("src-test/resources/faults/kafka-groups"))
                .setting("footbridge.anonymous", "true")
                .setting("footbridge.limits.time-to-connect", "60s")
                .setting("footbridge.kafka.kafka.transactional-id", "faults")
                .setting("footbridge.kafka.kafka.send-timeout", "10s")
                .setting("footbridge.kafka.kafka.properties.\"session.timeout.ms\"", "3000")
                .setting("footbridge.kafka.kafka.properties.\"heartbeat.interval.ms\"", "500")
                .settings(nodes.gatewaySettings());
    }

    private static GatewayProcess.Recipe on(BrokersProcess broker, String rules) {
        return GatewayProcess.withMappings(Path.of("src-test/resources/faults", rules))
                .setting("footbridge.anonymous", "true")
                .setting("footbridge.limits.time-to-connect", "60s") // the machine is busy
                .settings(broker.gatewaySettings());
    }
}
