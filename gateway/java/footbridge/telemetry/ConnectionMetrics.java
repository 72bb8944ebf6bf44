package footbridge.telemetry;

import footbridge.connection.ConnectionObserver;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicInteger;

/// Connections and messages as metrics. `footbridge.connections.closed` says in its tag `reason`
/// why connections ended: `disconnect`, `gone`, or the code of the ERROR that the client got.
public final class ConnectionMetrics implements ConnectionObserver {

    private final MeterRegistry registry;
    private final AtomicInteger open;
    private final Counter opened;
    private final Counter started;
    private final Counter confirmed;
    private final Counter delivered;
    private final Counter dropped;

    public ConnectionMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.open = registry.gauge("footbridge.connections", new AtomicInteger());
        this.opened = registry.counter("footbridge.connections.opened");
        this.started = registry.counter("footbridge.messages.received");
        this.confirmed = registry.counter("footbridge.messages.confirmed");
        this.delivered = registry.counter("footbridge.messages.delivered");
        this.dropped = registry.counter("footbridge.messages.dropped");
    }

    @Override
    public void opened() {
        open.incrementAndGet();
        opened.increment();
    }

    @Override
    public void closed(String reason) {
        open.decrementAndGet();
        registry.counter("footbridge.connections.closed", "reason", reason).increment();
    }

    @Override
    public void sendStarted() {
        started.increment();
    }

    @Override
    public void sendConfirmed() {
        confirmed.increment();
    }

    @Override
    public void dropped(int messages) {
        dropped.increment(messages);
    }

    @Override
    public void delivered(int messages) {
        delivered.increment(messages);
    }
}
