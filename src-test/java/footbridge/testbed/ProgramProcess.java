package footbridge.testbed;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.core.ConditionTimeoutException;

/// A Java program as a process of its own, such as a server to compare with; it ends with this JVM.
/// Logs lie in `target/program-logs/`.
public final class ProgramProcess implements AutoCloseable {

    private static final Duration START_TIMEOUT = Duration.ofSeconds(60);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration POLL_INTERVAL = Duration.ofMillis(50);

    private final TetheredProcess process;

    private ProgramProcess(TetheredProcess process) {
        this.process = process;
    }

    /// Starts `main` and returns when it has written a line that is just `ready`.
    ///
    /// @throws StartFailure with the end of its log if it ends or takes longer
    public static ProgramProcess start(String classPath, String main, String... arguments) {
        List<String> command = new ArrayList<>(List.of(TetheredProcess.java(), "-Xmx1g"));
        command.addAll(TetheredProcess.NETTY_OPTIONS);
        command.addAll(List.of("-cp", classPath, main));
        command.addAll(List.of(arguments));
        return start(command);
    }

    private static ProgramProcess start(List<String> command) {
        TetheredProcess started =
                TetheredProcess.start(command, TetheredProcess.newLog("target/program-logs"));
        try {
            await().pollInterval(POLL_INTERVAL)
                    .atMost(START_TIMEOUT)
                    .until(() -> isReady(started) || !started.isAlive());
        } catch (ConditionTimeoutException _) {
            started.kill();
            throw new StartFailure("not ready after " + START_TIMEOUT, started.logTail());
        }
        if (!started.isAlive()) {
            throw new StartFailure("it ended", started.logTail());
        }
        return new ProgramProcess(started);
    }

    private static boolean isReady(TetheredProcess process) {
        return process.log().lines().anyMatch("ready"::equals);
    }

    public long pid() {
        return process.pid();
    }

    @Override
    public void close() {
        process.terminate(STOP_TIMEOUT);
    }
}
