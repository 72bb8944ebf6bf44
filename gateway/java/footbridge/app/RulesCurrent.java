package footbridge.app;

import jakarta.inject.Singleton;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/// Which rules are in force, and what is wrong with those in the folder if these are others. Up
/// either way: the gateway serves by the old rules, and a replica taken out of service for a typing
/// mistake would take all others with it.
@Readiness
@Singleton
public class RulesCurrent implements HealthCheck {

    private final Gateway gateway;

    RulesCurrent(Gateway gateway) {
        this.gateway = gateway;
    }

    @Override
    public HealthCheckResponse call() {
        LiveRules.State state = gateway.rules().state();
        HealthCheckResponseBuilder response =
                HealthCheckResponse.named("rules")
                        .withData("rules", state.rules().rules().size())
                        .withData("since", state.since().toString());
        Optional.ofNullable(state.refused().orElse(null))
                .ifPresent(invalid ->
                        response.withData("refused", invalid.faults().getFirst().toString())
                                .withData("faults", invalid.faults().size() + invalid.unshown()));
        return response.up().build();
    }
}
