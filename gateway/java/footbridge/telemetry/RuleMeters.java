package footbridge.telemetry;

import footbridge.backend.Settlement.Outcome;
import footbridge.connection.report.RuleObserver;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.ToDoubleFunction;

/// The meters of one rule, all with the tag `rule`. They are looked up once, here: what happens for
/// every message only adds to them, and what is read once a scrape is counted in the cheapest way.
final class RuleMeters implements RuleObserver {

    private static final String RULE = "rule";

    private static final Duration[] BUCKETS =
            List.of(1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 60_000)
                    .stream()
                    .map(Duration::ofMillis)
                    .toArray(Duration[]::new);

    private final MeterRegistry registry;
    private final String rule;
    private final Queue<Meter> all = new ConcurrentLinkedQueue<>();
    private final LongAdder received = new LongAdder();
    private final LongAdder receivedBytes = new LongAdder();
    private final LongAdder receipts = new LongAdder();
    private final Timer confirmation;
    private final LongAdder deliveredBytes = new LongAdder();
    private final Timer delivery;
    private final Counter redelivered;
    private final Counter dropped;
    private final Map<Outcome, Counter> settled = new EnumMap<>(Outcome.class);
    private final Map<String, Counter> refusals = new ConcurrentHashMap<>();

    RuleMeters(MeterRegistry registry, String rule, Census census) {
        this.registry = registry;
        this.rule = rule;
        counted("messages.received", "Messages that clients sent", received);
        bytes("received", "Octets of the bodies of these", receivedBytes);
        this.confirmation = timer("confirmation", "From a SEND to its broker's confirmation");
        timed("messages.confirmed", "Of these, confirmed by the broker", confirmation);
        counted("receipts", "RECEIPTs for messages", receipts);
        this.delivery = timer("delivery", "From the broker to the client's socket");
        timed("messages.delivered", "Messages written to clients", delivery);
        bytes("delivered", "Octets of the bodies of these", deliveredBytes);
        this.redelivered = counter("messages.redelivered", "Of these, delivered before");
        this.dropped = counter("messages.dropped", "Messages that made room for newer ones");
        for (Outcome outcome : Outcome.values()) {
            settled.put(outcome, settlements(outcome));
        }
        gauge("subscriptions", "Subscriptions", () -> census.of(rule).subscriptions());
        gauge("messages.held", "Delivered and not settled", () -> census.of(rule).held());
        gauge("messages.waiting", "Waiting for clients", () -> census.of(rule).waiting());
    }

    private Counter counter(String name, String what) {
        return kept(
                Counter.builder("footbridge." + name)
                        .description(what)
                        .tag(RULE, rule)
                        .register(registry));
    }

    private void counted(String name, String what, LongAdder count) {
        kept(function(name, what, count, LongAdder::sum).register(registry));
    }

    private void bytes(String name, String what, LongAdder sum) {
        kept(function(name, what, sum, LongAdder::sum).baseUnit("bytes").register(registry));
    }

    /// What a timer counts anyway.
    private void timed(String name, String what, Timer timer) {
        kept(function(name, what, timer, Timer::count).register(registry));
    }

    private <T> FunctionCounter.Builder<T> function(
            String name, String what, T counted, ToDoubleFunction<T> value) {
        return FunctionCounter.builder("footbridge." + name, counted, value)
                .description(what)
                .tag(RULE, rule);
    }

    private Counter settlements(Outcome outcome) {
        return kept(
                Counter.builder("footbridge.messages.settled")
                        .description("Messages that clients settled")
                        .tag(RULE, rule)
                        .tag("outcome", outcome.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                        .register(registry));
    }

    private Timer timer(String name, String what) {
        return kept(
                Timer.builder("footbridge." + name)
                        .description(what)
                        .serviceLevelObjectives(BUCKETS)
                        .tag(RULE, rule)
                        .register(registry));
    }

    private void gauge(String name, String what, Gauges value) {
        kept(
                Gauge.builder("footbridge." + name, value::now)
                        .description(what)
                        .tag(RULE, rule)
                        .register(registry));
    }

    private interface Gauges {
        Number now();
    }

    private <M extends Meter> M kept(M meter) {
        all.add(meter);
        return meter;
    }

    @Override
    public void sent(int bytes) {
        received.increment();
        receivedBytes.add(bytes);
    }

    @Override
    public void confirmed(long nanos, boolean receipt) {
        confirmation.record(nanos, TimeUnit.NANOSECONDS);
        if (receipt) {
            receipts.increment();
        }
    }

    @Override
    public void delivered(int bytes, long nanos, boolean again) {
        deliveredBytes.add(bytes);
        delivery.record(nanos, TimeUnit.NANOSECONDS);
        if (again) {
            redelivered.increment();
        }
    }

    @Override
    public void settled(Outcome outcome) {
        Counter counter = settled.get(outcome);
        if (counter != null) {
            counter.increment();
        }
    }

    @Override
    public void dropped(int messages) {
        dropped.increment(messages);
    }

    /// An ERROR has ended a connection because of a frame that this rule is about.
    void refused(String code) {
        refusals.computeIfAbsent(code, this::refusal).increment();
    }

    private Counter refusal(String code) {
        return kept(refusal(registry, code, rule));
    }

    /// @param rule nothing where there is none
    static Counter refusal(MeterRegistry registry, String code, String rule) {
        return Counter.builder("footbridge.refusals")
                .description("ERROR frames")
                .tag("code", code)
                .tag(RULE, rule)
                .register(registry);
    }

    /// Since its first use.
    RuleTraffic traffic() {
        return new RuleTraffic(rule, received.sum(), confirmation.count(), delivery.count());
    }

    /// The rule is gone, and its meters go with it.
    void remove() {
        all.forEach(registry::remove);
    }
}
