package footbridge.app;

import footbridge.mapping.InvalidMapping;
import footbridge.mapping.Rule;
import java.time.Clock;
import java.util.Optional;

/// Loads the rule files that the settings name.
final class RuleFiles {

    private RuleFiles() {}

    static LiveRules load(FootbridgeSettings settings) {
        try {
            LiveRules rules =
                    LiveRules.load(
                            settings.mappings(), Backends.kinds(settings), Clock.systemUTC());
            rules.current().rules().forEach(rule -> requireProducer(rule, settings));
            return rules;
        } catch (InvalidMapping invalid) {
            throw InvalidSettings.because(
                    "The rule files in '%s' cannot be used:%n%s"
                            .formatted(settings.mappings(), invalid.getMessage()));
        }
    }

    private static void requireProducer(Rule rule, FootbridgeSettings settings) {
        Optional<String> producer = rule.to().producer();
        String cluster = rule.to().backend();
        FootbridgeSettings.Kafka kafka = settings.kafka().get(cluster);
        if (producer.isPresent()
                && (kafka == null || !kafka.producers().containsKey(producer.get()))) {
            throw InvalidSettings.because(
                    "%s: there is no footbridge.kafka.%s.producers.%s; configure it, or leave 'producer' out"
                            .formatted(rule.origin(), cluster, producer.get()));
        }
    }
}
