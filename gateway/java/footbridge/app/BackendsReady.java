package footbridge.app;

import footbridge.backend.Backend;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.health.api.HealthType;
import io.smallrye.health.registry.HealthRegistries;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;

/// Ready while every broker answers: a check of its own for each, named `backend NAME`, which says
/// why it is down, and of Kafka which topics have no snapshot because they are too large.
@Singleton
public class BackendsReady {

    private final Gateway gateway;

    BackendsReady(Gateway gateway) {
        this.gateway = gateway;
    }

    void start(@Observes StartupEvent event) {
        gateway.backends()
                .values()
                .forEach(backend ->
                        HealthRegistries.getRegistry(HealthType.READINESS)
                                .register(backend.name(), check(backend)));
    }

    private static HealthCheck check(Backend backend) {
        return () -> {
            Backend.Availability now = backend.availability();
            HealthCheckResponseBuilder response =
                    HealthCheckResponse.named("backend " + backend.name()).status(now.up());
            List<String> tooLarge = backend.snapshots().tooLarge();
            if (!tooLarge.isEmpty()) {
                response.withData("snapshots-too-large", String.join(", ", tooLarge));
            }
            return now.up() ? response.build() : response.withData("reason", now.reason()).build();
        };
    }
}
