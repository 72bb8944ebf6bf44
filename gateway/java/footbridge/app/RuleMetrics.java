package footbridge.app;

import footbridge.connection.Connections;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/// Counts what becomes of changed rules, and tells the connections of new ones.
final class RuleMetrics implements LiveRules.Listener {

    private final Connections connections;
    private final Counter taken;
    private final Counter refused;

    RuleMetrics(LiveRules rules, Connections connections, MeterRegistry registry) {
        this.connections = connections;
        this.taken = reloads("ok", registry);
        this.refused = reloads("refused", registry);
        Gauge.builder("footbridge.rules", rules, live -> live.current().rules().size())
                .description("Rules in force")
                .register(registry);
        Gauge.builder(
                        "footbridge.rules.refused",
                        rules,
                        live -> live.state().refused().isPresent() ? 1 : 0)
                .description("1 while the folder holds rules that were refused")
                .register(registry);
    }

    private static Counter reloads(String result, MeterRegistry registry) {
        return Counter.builder("footbridge.rules.reloads")
                .description("Changes of the rule files")
                .tag("result", result)
                .register(registry);
    }

    @Override
    public void replaced() {
        taken.increment();
        connections.rulesChanged();
    }

    @Override
    public void refused() {
        refused.increment();
    }
}
