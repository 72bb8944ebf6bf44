package footbridge.clients;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/// Runs the scripts of `src-test/resources/clients/debian`: STOMP clients of other languages, as
/// Debian packages them.
public final class ScriptTests {

    private static final Path SCRIPTS = Path.of("src-test", "resources", "clients", "debian");
    private static final Duration TIMEOUT = Duration.ofMinutes(2);

    private ScriptTests() {}

    /// Runs a script and returns what it printed, the client's version. Without the client the
    /// calling test is skipped with the reason; under `CI=true` it fails.
    ///
    /// @param needs the package that has the client
    /// @param probe a command that works if the client is here
    /// @param arguments of the script
    /// @throws AssertionError with the output if the script failed or took too long
    public static String run(
            String needs,
            List<String> probe,
            String interpreter,
            String script,
            String... arguments)
            throws IOException, InterruptedException {
        if (!works(probe)) {
            giveUp("%s is not here: apt-get install %s".formatted(script, needs));
        }
        List<String> command =
                new ArrayList<>(List.of(interpreter, SCRIPTS.resolve(script).toString()));
        command.addAll(List.of(arguments));
        return succeed(command);
    }

    private static boolean works(List<String> probe) throws InterruptedException {
        try {
            return new ProcessBuilder(probe)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException absent) {
            return false;
        }
    }

    private static void giveUp(String reason) {
        if ("true".equals(System.getenv("CI"))) {
            throw new AssertionError(reason);
        }
        Assumptions.abort(reason);
    }

    private static String succeed(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try {
            var output = new StringBuilder();
            Thread reader = Thread.ofVirtual().start(() -> output.append(text(process)));
            if (!process.waitFor(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                reader.join();
                throw new AssertionError("%s did not end:%n%s".formatted(command, output));
            }
            reader.join();
            if (process.exitValue() != 0) {
                throw new AssertionError("%s failed:%n%s".formatted(command, output));
            }
            return output.toString();
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private static String text(Process process) {
        try {
            return new String(process.getInputStream().readAllBytes(), UTF_8);
        } catch (IOException e) {
            return "its output is lost: " + e;
        }
    }
}
