package footbridge.app.command;

import footbridge.app.explain.Misuse;
import footbridge.app.settings.FootbridgeSettings;
import io.quarkus.runtime.configuration.ConfigUtils;
import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import java.util.Map;

/// The settings as the gateway would see them (files, environment, system properties), read without
/// starting it.
final class OfflineSettings {

    /// Above system properties, which have 400.
    private static final int ORDINAL = 500;

    private OfflineSettings() {}

    /// @param given with the command
    static FootbridgeSettings read(Map<String, String> given) throws Misuse {
        try {
            SmallRyeConfig config =
                    ConfigUtils.emptyConfigBuilder()
                            .withSources(new PropertiesConfigSource(given, "options", ORDINAL))
                            .withMapping(FootbridgeSettings.class)
                            .withValidateUnknown(false)
                            .build();
            return config.getConfigMapping(FootbridgeSettings.class);
        } catch (ConfigValidationException invalid) {
            throw unusable(String.valueOf(invalid.getMessage()));
        }
    }

    /// What a command says that needs to know the brokers.
    static Misuse unusable(String why) {
        return new Misuse(
                "the settings cannot be used; name the brokers with --jms and --kafka, or: " + why);
    }
}
