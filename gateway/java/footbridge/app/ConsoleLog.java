package footbridge.app;

import footbridge.app.settings.FootbridgeSettings;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.logging.Handler;
import java.util.logging.Logger;
import org.jboss.logmanager.ExtHandler;
import org.jboss.logmanager.handlers.ConsoleHandler;

/// Writes the console's log as the operator wants it. What is told while the gateway starts is text
/// in any case, so that people can read why it did not.
@Singleton
public class ConsoleLog {

    private static final int FIRST = 1;

    void start(@Observes @Priority(FIRST) StartupEvent event, FootbridgeSettings settings) {
        if (settings.logJson()) {
            for (Handler handler : Logger.getLogger("").getHandlers()) {
                write(handler);
            }
        }
    }

    private static void write(Handler handler) {
        if (handler instanceof ConsoleHandler console) {
            console.setFormatter(new JsonLines());
        } else if (handler instanceof ExtHandler outer) {
            for (Handler inner : outer.getHandlers()) {
                write(inner);
            }
        }
    }
}
