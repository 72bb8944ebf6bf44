package footbridge.telemetry;

import footbridge.backend.Backend;
import footbridge.backend.Snapshots;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.ToDoubleFunction;

/// Backends as metrics: `footbridge.backend.up` is 1 while the broker answers, else 0; of Kafka
/// also what the node keeps for snapshots, and how many topics are too large for that.
public final class BackendMetrics {

    private BackendMetrics() {}

    public static void register(MeterRegistry registry, Backend backend) {
        Gauge.builder("footbridge.backend.up", backend, b -> b.availability().up() ? 1 : 0)
                .tag("backend", backend.name())
                .register(registry);
        if (backend.kind() == Backend.Kind.KAFKA) {
            gauge(registry, "footbridge.snapshot.keys", backend, Snapshots::keys);
            gauge(registry, "footbridge.snapshot.bytes", backend, Snapshots::octets);
            gauge(registry, "footbridge.snapshots.too.large", backend, s -> s.tooLarge().size());
        }
    }

    private static void gauge(
            MeterRegistry registry,
            String name,
            Backend backend,
            ToDoubleFunction<Snapshots> value) {
        Gauge.builder(name, backend, b -> value.applyAsDouble(b.snapshots()))
                .tag("backend", backend.name())
                .register(registry);
    }
}
