package footbridge.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import footbridge.app.command.Commands;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The examples of rule files are without fault.
final class ExamplesTest {

    @Test
    void theyPassTheCheck() {
        var out = new ByteArrayOutputStream();
        var console = new PrintStream(out, true, UTF_8);

        int code =
                Commands.run(
                        List.of(
                                "check",
                                "mappings/examples",
                                "--jms",
                                "artemis",
                                "--kafka",
                                "kafka"),
                        console,
                        console);

        assertThat(code).as(out.toString(UTF_8)).isZero();
    }
}
