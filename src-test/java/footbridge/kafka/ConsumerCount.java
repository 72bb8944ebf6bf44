package footbridge.kafka;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.metrics.KafkaMetric;
import org.apache.kafka.common.metrics.MetricsContext;
import org.apache.kafka.common.metrics.MetricsReporter;

/// Counts the Kafka consumers that are open in clients which name this class in `metric.reporters`.
/// Kafka makes the instances itself, one for each client; so what they have in common is static.
public final class ConsumerCount implements MetricsReporter {

    private static final Set<ConsumerCount> OPEN = ConcurrentHashMap.newKeySet();

    static final Map<String, String> PROPERTIES =
            Map.of("metric.reporters", ConsumerCount.class.getName());

    static int open() {
        return OPEN.size();
    }

    @Override
    public void contextChange(MetricsContext context) {
        if ("kafka.consumer".equals(context.contextLabels().get(MetricsContext.NAMESPACE))) {
            OPEN.add(this);
        }
    }

    @Override
    public void close() {
        OPEN.remove(this);
    }

    @Override
    public void configure(Map<String, ?> configs) {}

    @Override
    public void init(List<KafkaMetric> metrics) {}

    @Override
    public void metricChange(KafkaMetric metric) {}

    @Override
    public void metricRemoval(KafkaMetric metric) {}
}
