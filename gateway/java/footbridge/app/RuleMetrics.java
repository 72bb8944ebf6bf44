package footbridge.app;

import static java.util.stream.Collectors.toSet;

import footbridge.connection.Connections;
import footbridge.mapping.Rule;
import footbridge.session.SessionAction;
import footbridge.telemetry.ConnectionMetrics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Set;

/// Counts what becomes of changed rules, and tells the connections of new ones.
final class RuleMetrics implements LiveRules.Listener {

    private final LiveRules rules;
    private final Connections connections;
    private final ConnectionMetrics metrics;
    private final Duration spread;
    private final Counter taken;
    private final Counter refused;

    RuleMetrics(
            LiveRules rules,
            Connections connections,
            ConnectionMetrics metrics,
            MeterRegistry registry,
            Duration spread) {
        this.rules = rules;
        this.spread = spread;
        this.connections = connections;
        this.metrics = metrics;
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
        connections.rulesChanged(spread);
        Set<String> ids = rules.current().rules().stream().map(Rule::id).collect(toSet());
        ids.add(SessionAction.NO_RULE);
        metrics.keepRules(ids);
    }

    @Override
    public void refused() {
        refused.increment();
    }
}
