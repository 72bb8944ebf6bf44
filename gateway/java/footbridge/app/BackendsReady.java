package footbridge.app;

import footbridge.backend.Backend;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/// Ready while every broker answers; the data of the check says which does not, and why.
@Readiness
@Singleton
public class BackendsReady implements HealthCheck {

    private final Gateway gateway;

    BackendsReady(Gateway gateway) {
        this.gateway = gateway;
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder response = HealthCheckResponse.named("backends");
        boolean allUp = true;
        for (Backend backend : gateway.backends().values()) {
            Backend.Availability now = backend.availability();
            allUp &= now.up();
            response.withData(backend.name(), now.up() ? "up" : "down: " + now.reason());
        }
        return response.status(allUp).build();
    }
}
