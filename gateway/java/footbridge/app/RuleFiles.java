package footbridge.app;

import footbridge.app.settings.Backends;
import footbridge.app.settings.FootbridgeSettings;
import footbridge.app.settings.InvalidSettings;
import footbridge.mapping.file.InvalidMapping;
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
