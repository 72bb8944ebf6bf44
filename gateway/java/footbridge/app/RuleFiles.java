package footbridge.app;

import footbridge.mapping.InvalidMapping;
import java.time.Clock;

/// Loads the rule files that the settings name.
final class RuleFiles {

    private RuleFiles() {}

    static LiveRules load(FootbridgeSettings settings) {
        try {
            return LiveRules.load(settings.mappings(), Backends.names(settings), Clock.systemUTC());
        } catch (InvalidMapping invalid) {
            throw InvalidSettings.because(
                    "The rule files in '%s' cannot be used:%n%s"
                            .formatted(settings.mappings(), invalid.getMessage()));
        }
    }
}
