package footbridge.app.settings;

import io.quarkus.runtime.configuration.ConfigurationException;

/// The gateway cannot start with the settings or rule files it was given. The message is all that
/// the operator is shown: it names the key or the place, the fault and the remedy.
public final class InvalidSettings {

    private InvalidSettings() {}

    /// Ends the program with exit code 1 when it is thrown during the start. Not a
    /// `PreventFurtherStepsException`: that one Quarkus swallows at some places, and waits.
    public static ConfigurationException because(String message) {
        return new ConfigurationException(message);
    }
}
