package footbridge.app;

import footbridge.connection.report.Tracing;
import footbridge.telemetry.trace.MessageTracing;
import io.opentelemetry.api.OpenTelemetry;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// Follows messages where the operator has switched OpenTelemetry on, and costs nothing where not.
@Singleton
public class Traces {

    @Produces
    @Singleton
    Tracing tracing(
            OpenTelemetry openTelemetry,
            @ConfigProperty(name = "quarkus.otel.sdk.disabled") boolean disabled) {
        return disabled ? Tracing.OFF : new MessageTracing(openTelemetry);
    }
}
