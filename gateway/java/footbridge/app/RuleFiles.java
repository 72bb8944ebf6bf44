package footbridge.app;

import footbridge.mapping.InvalidMapping;
import footbridge.mapping.Mappings;

/// Loads the rule files that the settings name.
final class RuleFiles {

    private RuleFiles() {}

    static Mappings load(FootbridgeSettings settings) {
        try {
            return Mappings.load(settings.mappings(), Backends.kinds(settings));
        } catch (InvalidMapping invalid) {
            throw InvalidSettings.because(
                    "The rule files in '%s' cannot be used:%n%s"
                            .formatted(settings.mappings(), invalid.getMessage()));
        }
    }
}
