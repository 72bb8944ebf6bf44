package footbridge.telemetry;

import footbridge.connection.Arrival;
import footbridge.connection.ConnectionObserver;
import footbridge.connection.report.ConnectionView;
import footbridge.connection.report.Refused;
import footbridge.connection.report.RuleObserver;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// Connections and messages as metrics. `footbridge.connections.closed` says in its tag `reason`
/// why connections ended: `disconnect`, `gone`, or the code of the ERROR that the client got.
public final class ConnectionMetrics implements ConnectionObserver {

    private final MeterRegistry registry;
    private final Map<String, Listener> listeners = new ConcurrentHashMap<>();
    private final Map<String, RuleMeters> rules = new ConcurrentHashMap<>();
    private final RecentRefusals refusals = new RecentRefusals();
    private final Census census = new Census();

    /// What is counted for each way in.
    private record Listener(AtomicInteger open, Counter opened) {}

    public ConnectionMetrics(MeterRegistry registry) {
        this.registry = registry;
        List.of("websocket", "sockjs", "tcp", "tls").forEach(this::listener);
        Gauge.builder("footbridge.outgoing", census::unwritten)
                .description("Octets that clients' sockets have yet to take")
                .baseUnit("bytes")
                .register(registry);
    }

    /// From now on the gauges tell of these.
    public void watch(Supplier<Stream<ConnectionView>> connections) {
        census.count(connections);
    }

    private Listener listener(String name) {
        return listeners.computeIfAbsent(name, this::registered);
    }

    private Listener registered(String name) {
        AtomicInteger open = new AtomicInteger();
        Gauge.builder("footbridge.connections", open, AtomicInteger::get)
                .description("Clients connected now")
                .tag("listener", name)
                .register(registry);
        return new Listener(
                open,
                Counter.builder("footbridge.connections.opened")
                        .description("Sockets opened")
                        .tag("listener", name)
                        .register(registry));
    }

    @Override
    public void opened(Arrival arrival) {
        Listener listener = listener(arrival.listener());
        listener.open().incrementAndGet();
        listener.opened().increment();
    }

    @Override
    public void closed(Arrival arrival, String reason) {
        listener(arrival.listener()).open().decrementAndGet();
        Counter.builder("footbridge.connections.closed")
                .description("Connections ended")
                .tag("reason", reason)
                .register(registry)
                .increment();
    }

    @Override
    public void refused(Refused refused) {
        refusals.add(refused);
        if (refused.rule().isPresent()) {
            meters(refused.rule().get()).refused(refused.code());
        } else {
            RuleMeters.refusal(registry, refused.code(), "").increment();
        }
    }

    @Override
    public RuleObserver rule(String rule) {
        return meters(rule);
    }

    private RuleMeters meters(String rule) {
        return rules.computeIfAbsent(rule, id -> new RuleMeters(registry, id, census));
    }

    /// The rules are others now: forgets the meters of those that are gone.
    ///
    /// @param ids of the rules in force
    public void keepRules(Set<String> ids) {
        rules.entrySet()
                .removeIf(entry -> {
                    boolean gone = !ids.contains(entry.getKey());
                    if (gone) {
                        entry.getValue().remove();
                    }
                    return gone;
                });
    }

    /// What has passed, rule by rule.
    public List<RuleTraffic> traffic() {
        return rules.values().stream().map(RuleMeters::traffic).toList();
    }

    /// The last ERRORs that clients got.
    public RecentRefusals refusals() {
        return refusals;
    }
}
