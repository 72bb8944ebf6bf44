package footbridge.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/// The images, built and run by `deploy/smoke`. Without podman the test is skipped; with `CI=true`
/// it fails. Where podman is there but may run nothing, it is skipped and says so.
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the scripts are POSIX shell")
@Timeout(value = 12, unit = TimeUnit.MINUTES)
class SmokeIT {

    private static final long MINUTES = 11;

    @Test
    void theJvmImageCarriesMessagesAndEndsInGoodOrder() throws Exception {
        passes(smoke("jvm"));
    }

    @Test
    void theNativeImageCarriesMessagesAndEndsInGoodOrder() throws Exception {
        passes(smoke("native"));
    }

    private static void passes(String output) {
        Assumptions.assumeFalse(output.contains("SKIPPED"), output);
        assertThat(output).contains("crossed /topic/zstd", "smoke: passed");
    }

    private static String smoke(String kind) throws IOException, InterruptedException {
        if (!hasPodman()) {
            assertThat(System.getenv("CI")).as("podman is not installed").isNotEqualTo("true");
            Assumptions.abort("podman is not installed");
        }
        Path log = Path.of("target", "smoke", kind + ".log");
        Files.createDirectories(log.getParent());
        Process process =
                new ProcessBuilder("deploy/smoke", kind)
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        try {
            boolean ended = process.waitFor(MINUTES, TimeUnit.MINUTES);
            String output = Files.readString(log, UTF_8);
            System.out.print(output);
            assertThat(ended).as(output).isTrue();
            assertThat(process.exitValue()).as(output).isZero();
            return output;
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private static boolean hasPodman() {
        return Stream.of(System.getenv("PATH").split(":", -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "podman")));
    }
}
