package footbridge.app;

import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/// Down from SIGTERM on, while clients are still served.
@Readiness
@Singleton
public class Staying implements HealthCheck {

    private final Gateway gateway;

    Staying(Gateway gateway) {
        this.gateway = gateway;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("staying").status(!gateway.leaving()).build();
    }
}
