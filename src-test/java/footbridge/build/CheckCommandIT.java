package footbridge.build;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// `footbridge check` and `footbridge explain` with the packaged gateway, as a user calls them. No
/// broker runs.
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the scripts are POSIX shell")
@Timeout(120)
class CheckCommandIT {

    private static final long SOON_SECONDS = 30;

    @TempDir private Path temporary;
    private Path root;
    private final Map<String, String> environment = new HashMap<>();

    /// A folder that looks like an installation without sources.
    @BeforeEach
    void install() throws IOException {
        root = Files.createDirectory(temporary.resolve("foot bridge"));
        copy("footbridge");
        copy(".mvn/find-jdk");
        Files.createDirectory(root.resolve("target"));
        Files.createSymbolicLink(
                root.resolve("target/quarkus-app"), Path.of("target/quarkus-app").toAbsolutePath());
        Files.createDirectory(temporary.resolve("mappings"));
        Files.copy(Path.of("mappings/demo.yaml"), temporary.resolve("mappings/demo.yaml"));
    }

    @Test
    void theDemosRulesAreSound() throws Exception {
        Outcome check = footbridge("check");

        assertThat(check)
                .isEqualTo(
                        new Outcome(
                                0,
                                """
                                mappings: 6 rules, no fault
                                brokers: artemis (jms), kafka (kafka), as in the demo, because none is configured
                                """,
                                ""));
    }

    @Test
    void faultsAreToldWithTheirPlaces() throws Exception {
        rules("a b", "rules:\n  - destnation: /queue/a\n");

        Outcome check = footbridge("check", "a b");
        Outcome json = footbridge("check", "a b", "--json");

        assertThat(check.exitCode()).isEqualTo(1);
        assertThat(check.output())
                .startsWith("a b/shop.yaml:2:5: unknown key 'destnation'; did you mean")
                .contains("a b: 1 fault; the gateway takes none of these rules\n");
        assertThat(json.exitCode()).isEqualTo(1);
        JsonObject fault = new JsonObject(json.output()).getJsonArray("faults").getJsonObject(0);
        assertThat(fault.getString("file")).isEqualTo("a b/shop.yaml");
        assertThat(fault.getInteger("line")).isEqualTo(2);
        assertThat(fault.getInteger("column")).isEqualTo(5);
        assertThat(fault.getString("message")).startsWith("unknown key");
    }

    @Test
    void brokersComeFromTheSettingsOfTheGateway() throws Exception {
        rules(
                "rules",
                """
                rules:
                  - { destination: /a, to: { jms: shop, queue: a } }
                  - { destination: /b, to: { jms: mail, queue: b } }
                  - { destination: /c, to: { kafka: log, topic: c } }
                  - { destination: /d, to: { kafka: log, topic: c, producer: bulk } }
                """);
        environment.put("FOOTBRIDGE_MAPPINGS", "rules");
        environment.put("FOOTBRIDGE_JMS_SHOP_URL", "tcp://nowhere:1");
        Files.writeString(
                Files.createDirectory(temporary.resolve("config"))
                        .resolve("application.properties"),
                "footbridge.kafka.log.bootstrap-servers=nowhere:2");

        String mail = "-Dfootbridge.jms.mail.url=tcp://nowhere:3";

        Outcome unknown = footbridge("check", mail);
        Outcome check =
                footbridge("check", mail, "-Dfootbridge.kafka.log.producers.bulk.linger=1s");

        assertThat(unknown.exitCode()).isEqualTo(1);
        assertThat(unknown.output())
                .startsWith(
                        "rules/shop.yaml:5:62: there is no footbridge.kafka.log.producers.bulk; configure it");
        assertThat(check.output()).startsWith("rules: 4 rules, no fault\n");
        assertThat(check.output()).contains("shop (jms)", "mail (jms)", "log (kafka)");
        assertThat(check.exitCode()).isZero();
    }

    @Test
    void aDestinationIsExplained() throws Exception {
        Outcome allowed = footbridge("explain", "SEND", "/topic/ticks/ACME");
        Outcome missing = footbridge("explain", "SUBSCRIBE", "/topic/tick/ACME", "--user", "ann");

        assertThat(allowed.exitCode()).isZero();
        assertThat(allowed.output())
                .contains("Kafka topic 'ticks', key 'ACME', at 'kafka'; made if it does not exist");
        assertThat(missing.exitCode()).isEqualTo(1);
        assertThat(missing.output())
                .startsWith("access    no such destination: ")
                .contains("/topic/ticks/{symbol}; segment 2 is 'tick', not 'ticks'");
    }

    /// On the example of a whole file in the description, and on the same with two mistakes.
    @Test
    void whatTheDescriptionShowsIsWhatIsPrinted() throws Exception {
        String description = Files.readString(Path.of("mappings/README.md"));
        String example =
                blocks(description, "yaml").stream()
                        .filter(block -> block.startsWith("defaults:"))
                        .findFirst()
                        .orElseThrow();
        rules("rules", example);
        rules(
                "broken",
                example.replaceFirst("jms: artemis", "jms: artmis")
                        .replace("prefetch: 1000", "prefech: 1000"));

        int shown = 0;
        for (String session : blocks(description, "console")) {
            for (String command : session.split("(?m)^\\$ ./footbridge ", -1)) {
                if (!command.isEmpty()) {
                    String[] words = command.substring(0, command.indexOf('\n')).split(" ", -1);
                    assertThat(footbridge(words).output())
                            .isEqualTo(command.substring(command.indexOf('\n') + 1));
                    shown++;
                }
            }
        }
        assertThat(shown).isGreaterThan(3);
    }

    private static List<String> blocks(String description, String language) {
        return Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL)
                .matcher(description)
                .results()
                .map(block -> block.group(1))
                .toList();
    }

    @Test
    void misuseIsToldBesideTheOutput() throws Exception {
        assertThat(footbridge("check", "--quick"))
                .isEqualTo(new Outcome(2, "", "footbridge: check does not know --quick\n"));
        assertThat(footbridge("explain", "/queue/a").exitCode()).isEqualTo(2);
        Outcome unusable = footbridge("check", "-Dfootbridge.jms.shop.user=x");
        assertThat(unusable.exitCode()).isEqualTo(2);
        assertThat(unusable.complaint()).contains("--jms", "footbridge.jms.shop: needs one of url");
    }

    private void rules(String folder, String yaml) throws IOException {
        Files.writeString(
                Files.createDirectory(temporary.resolve(folder)).resolve("shop.yaml"), yaml);
    }

    private record Outcome(int exitCode, String output, String complaint) {}

    private Outcome footbridge(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(root.resolve("footbridge").toString()));
        command.addAll(List.of(arguments));
        Path output = temporary.resolve("output");
        Path complaint = temporary.resolve("complaint");
        var builder =
                new ProcessBuilder(command)
                        .directory(temporary.toFile())
                        .redirectInput(Path.of("/dev/null").toFile())
                        .redirectOutput(output.toFile())
                        .redirectError(complaint.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            assertThat(process.waitFor(SOON_SECONDS, TimeUnit.SECONDS)).isTrue();
            return new Outcome(
                    process.exitValue(),
                    Files.readString(output, UTF_8),
                    Files.readString(complaint, UTF_8));
        } finally {
            process.destroyForcibly();
        }
    }

    private void copy(String file) throws IOException {
        Path target = root.resolve(file);
        Files.createDirectories(target.getParent());
        Files.copy(Path.of(file), target, StandardCopyOption.COPY_ATTRIBUTES);
    }
}
