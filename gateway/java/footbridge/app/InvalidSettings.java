package footbridge.app;

import io.quarkus.runtime.PreventFurtherStepsException;

/// The gateway cannot start with the settings or rule files it was given. The message is all that
/// the operator is shown: it names the key or the place, the fault and the remedy.
final class InvalidSettings {

    private static final int EXIT_CODE = 1;

    private InvalidSettings() {}

    static PreventFurtherStepsException because(String message) {
        return new PreventFurtherStepsException(message, EXIT_CODE);
    }
}
