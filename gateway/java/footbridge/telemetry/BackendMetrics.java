package footbridge.telemetry;

import footbridge.backend.Backend;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/// Backends as metrics: `footbridge.backend.up` is 1 while the broker answers, else 0.
public final class BackendMetrics {

    private BackendMetrics() {}

    public static void register(MeterRegistry registry, Backend backend) {
        Gauge.builder("footbridge.backend.up", backend, b -> b.availability().up() ? 1 : 0)
                .tag("backend", backend.name())
                .register(registry);
    }
}
