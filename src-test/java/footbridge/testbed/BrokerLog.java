package footbridge.testbed;

import io.quarkus.bootstrap.logging.InitialConfigurator;
import java.util.logging.ConsoleHandler;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.Logger;

/// Where the log of brokers goes that run in a program of their own.
///
/// The class path is the one of a Quarkus application, whose log manager keeps everything back
/// until Quarkus has been configured; which never happens here.
final class BrokerLog {

    private BrokerLog() {}

    /// Writes warnings and errors to standard error as it is now.
    static void toStandardError() {
        Logger.getLogger("").setLevel(Level.WARNING);
        InitialConfigurator.DELAYED_HANDLER.setHandlers(new Handler[] {new ConsoleHandler()});
    }
}
