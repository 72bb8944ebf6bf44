package footbridge.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import footbridge.access.Identity;
import footbridge.backend.Target;
import footbridge.backend.Target.Creation;
import footbridge.mapping.file.RuleFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What stands in `mappings/`: the demo's rules, and the description of the language.
final class MappingsFolderTest {

    private static final Path FOLDER = Path.of("mappings");
    private static final Path BAD = Path.of("src-test/resources/mapping/bad");

    @Test
    void theDemosRulesLeadWhereTheDemoSays() throws Exception {
        Mappings demo = RuleFolder.load(FOLDER, Rules.BACKENDS);

        assertThat(target(demo, "/queue/demo"))
                .isEqualTo(new Target.JmsQueue("artemis", "demo", Creation.AUTO));
        assertThat(target(demo, "/queue/orders"))
                .isEqualTo(new Target.JmsQueue("artemis", "demo.orders", Creation.AUTO));
        assertThat(target(demo, "/topic/demo"))
                .isEqualTo(new Target.JmsTopic("artemis", "demo.events", Creation.AUTO));
        assertThat(target(demo, "/topic/kafka")).isEqualTo(kafka("demo", Optional.empty()));
        assertThat(target(demo, "/topic/ticks/ACME"))
                .isEqualTo(kafka("ticks", Optional.of("ACME")));
    }

    @Test
    void everyExampleOfTheDescriptionLoads(@TempDir Path folder) throws Exception {
        List<String> examples = blocks("yaml");

        assertThat(examples).hasSizeGreaterThanOrEqualTo(2);
        for (String example : examples) {
            assertThat(Rules.load(folder, example).rules()).isNotEmpty();
        }
    }

    @Test
    void everyMistakeOfTheDescriptionIsToldInThoseWords() throws Exception {
        List<String> told = new ArrayList<>();
        try (Stream<Path> folders = Files.list(BAD)) {
            for (Path folder : folders.toList()) {
                told.addAll(Files.readAllLines(folder.resolve("faults.txt")));
            }
        }

        List<String> described = blocks("text").stream().flatMap(String::lines).toList();

        assertThat(described).isNotEmpty();
        assertThat(told).containsAll(described);
    }

    private static Target.KafkaTopic kafka(String topic, Optional<String> key) {
        return new Target.KafkaTopic("kafka", topic, key, Creation.AUTO);
    }

    private static Target target(Mappings mappings, String destination) {
        Route route = mappings.route(Operation.SEND, destination, Identity.ANONYMOUS);
        return ((Route.Found) route).target();
    }

    private static List<String> blocks(String language) throws IOException {
        String readme = Files.readString(FOLDER.resolve("README.md"));
        Matcher block =
                Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL).matcher(readme);
        return block.results().map(result -> result.group(1)).toList();
    }
}
