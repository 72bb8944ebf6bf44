package footbridge.faults;

import footbridge.testbed.BrokersProcess;
import footbridge.testbed.GatewayProcess;
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

    private static GatewayProcess.Recipe on(BrokersProcess broker, String rules) {
        return GatewayProcess.withMappings(Path.of("src-test/resources/faults", rules))
                .setting("footbridge.anonymous", "true")
                .setting("footbridge.limits.time-to-connect", "60s") // the machine is busy
                .settings(broker.gatewaySettings());
    }
}
