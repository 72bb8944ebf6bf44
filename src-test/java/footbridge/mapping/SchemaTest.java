package footbridge.mapping;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/// `mappings/schema.json` against the loader: what the schema refuses, the loader refuses, and what
/// only the loader can see is listed here.
///
/// Compared value by value, because most bad files hold several mistakes.
final class SchemaTest {

    private static final Path MAPPINGS = Path.of("mappings");
    private static final Path GOOD = Path.of("src-test/resources/mapping/good");
    private static final Path BAD = Path.of("src-test/resources/mapping/bad");

    private static final Schema SCHEMA = schema();

    /// Mistakes that no schema can see.
    private static final Pattern LOADER_ALONE =
            Pattern.compile(
                    String.join(
                            "|",
                            // The brokers stand in the settings.
                            "'\\w+' is (not )?a (JMS broker|Kafka cluster)[;,].*",
                            // It compares rules, across files.
                            "destination .* ties with .*",
                            "destination .* already has a rule at .*",
                            // It compares texts of one rule.
                            "unknown variable .*",
                            ".* has \\{\\w+} twice; .*",
                            ".* need a '\\.' between them: .*",
                            "two headers are renamed to .*",
                            "what is fixed needs a value; .*",
                            // It knows which characters can be seen.
                            "destination '/a\\?b' holds .*"));

    /// Mistakes after which there is no document to compare.
    private static final Pattern NO_DOCUMENT =
            Pattern.compile(
                    String.join(
                            "|",
                            "not valid YAML: .*",
                            "a character YAML does not allow",
                            "the file is not a text in UTF-8",
                            "the file is empty; .*",
                            ".* is an anchor; .*",
                            ".* is an alias; .*",
                            ".* is a YAML tag; .*",
                            "a second document starts here; .*",
                            "nested more than .*",
                            ".* is given twice, first in line .*"));

    private static final Pattern FAULT = Pattern.compile("([^:]+):(\\d+):(\\d+): (.*)");

    @Test
    void theSchemaIsSoundItself() throws IOException {
        Schema draft =
                SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                        .getSchema(
                                SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));

        assertThat(
                        draft.validate(
                                Files.readString(MAPPINGS.resolve("schema.json")),
                                InputFormat.JSON))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("goodFiles")
    void whatTheLoaderTakesIsValid(Path file, @TempDir Path folder) throws Exception {
        String yaml = Files.readString(file);

        Rules.load(folder, yaml);

        assertThat(SCHEMA.validate(yaml, InputFormat.YAML)).isEmpty();
    }

    @Test
    void theExamplesOfTheDescriptionsAreValid() throws IOException {
        for (Path description : List.of(MAPPINGS.resolve("README.md"), Path.of("README.md"))) {
            List<String> examples =
                    Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL)
                            .matcher(Files.readString(description))
                            .results()
                            .map(result -> result.group(1))
                            .filter(yaml -> yaml.contains("rules:"))
                            .toList();

            assertThat(examples).isNotEmpty();
            assertThat(examples)
                    .allSatisfy(
                            yaml -> assertThat(SCHEMA.validate(yaml, InputFormat.YAML)).isEmpty());
        }
    }

    @ParameterizedTest
    @MethodSource("badFiles")
    void whatTheSchemaRefusesIsWhatTheLoaderRefuses(Path file) throws IOException {
        String yaml = Files.readString(file);
        List<MatchResult> faults = faults(file);
        Parts parts = Parts.of(yaml);
        Map<Boolean, List<MatchResult>> byKind =
                faults.stream()
                        .collect(groupingBy(f -> LOADER_ALONE.matcher(f.group(4)).matches()));

        TreeSet<String> refused =
                SCHEMA.validate(yaml, InputFormat.YAML).stream()
                        .map(error -> Parts.around(error.getInstanceLocation().toString()))
                        .collect(toCollection(TreeSet::new));

        assertThat(refused)
                .isEqualTo(
                        byKind.getOrDefault(false, List.of()).stream()
                                .map(fault -> parts.at(Position.of(fault)))
                                .collect(toCollection(TreeSet::new)));
    }

    @Test
    void aFileWithoutADocumentIsInvalid() {
        assertThat(SCHEMA.validate("null", InputFormat.JSON)).isNotEmpty();
        assertThat(SCHEMA.validate("[]", InputFormat.JSON)).isNotEmpty();
    }

    static List<Path> goodFiles() throws IOException {
        try (Stream<Path> good = Files.list(GOOD)) {
            return Stream.concat(Stream.of(MAPPINGS.resolve("demo.yaml")), good.sorted()).toList();
        }
    }

    static List<Path> badFiles() throws IOException {
        try (Stream<Path> bad = Files.walk(BAD)) {
            List<Path> files = bad.filter(SchemaTest::hasADocument).sorted().toList();
            assertThat(files).hasSizeGreaterThan(8);
            return files;
        }
    }

    private static boolean hasADocument(Path file) {
        return file.toString().matches(".*\\.ya?ml")
                && faults(file).stream().noneMatch(f -> NO_DOCUMENT.matcher(f.group(4)).matches());
    }

    private static List<MatchResult> faults(Path file) {
        try (Stream<String> lines = Files.lines(file.resolveSibling("faults.txt"))) {
            return lines.flatMap(line -> FAULT.matcher(line).results())
                    .filter(fault -> fault.group(1).equals(file.getFileName().toString()))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Schema schema() {
        try {
            return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(Files.readString(MAPPINGS.resolve("schema.json")), InputFormat.JSON);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The parts of a rule file that are compared: the values of each rule (`/rules/0/to`) and of
    /// `defaults`, each rule (`/rules/0`), `/defaults`, and `` for the rest.
    ///
    /// @param nodes by their paths, the inner ones first
    private record Parts(Map<String, Node> nodes) {

        private static final Pattern PATH = Pattern.compile("(/rules/\\d+|/defaults)(/[a-z]+)?|");

        static Parts of(String yaml) {
            Map<String, Node> nodes = new LinkedHashMap<>();
            Node root =
                    new Compose(LoadSettings.builder().build()).composeString(yaml).orElseThrow();
            values(root)
                    .forEach((key, value) -> {
                        if (key.equals("defaults")) {
                            add(nodes, "/defaults", value);
                        } else if (value instanceof SequenceNode list) {
                            for (int i = 0; i < list.getValue().size(); i++) {
                                add(nodes, "/rules/" + i, list.getValue().get(i));
                            }
                        }
                    });
            return new Parts(nodes);
        }

        private static void add(Map<String, Node> nodes, String path, Node node) {
            values(node).forEach((key, value) -> nodes.put(path + "/" + key, value));
            nodes.put(path, node);
        }

        private static Map<String, Node> values(Node node) {
            Map<String, Node> values = new LinkedHashMap<>();
            if (node instanceof MappingNode mapping) {
                for (NodeTuple tuple : mapping.getValue()) {
                    values.put(((ScalarNode) tuple.getKeyNode()).getValue(), tuple.getValueNode());
                }
            }
            return values;
        }

        String at(Position fault) {
            return nodes.entrySet().stream()
                    .filter(entry -> holds(entry.getValue(), fault))
                    .map(Map.Entry::getKey)
                    .findFirst()
                    .orElse("");
        }

        private static boolean holds(Node node, Position fault) {
            Position start = Position.of(node.getStartMark());
            Position end = Position.of(node.getEndMark());
            return start.compareTo(fault) <= 0 && fault.compareTo(end) < 0;
        }

        /// The part in which something lies.
        static String around(String location) {
            Matcher part = PATH.matcher(location);
            return part.lookingAt() ? part.group() : "";
        }
    }

    /// A place in a file, counted from 1.
    private record Position(int line, int column) implements Comparable<Position> {

        static Position of(MatchResult fault) {
            return new Position(Integer.parseInt(fault.group(2)), Integer.parseInt(fault.group(3)));
        }

        static Position of(Optional<Mark> mark) {
            return new Position(
                    mark.orElseThrow().getLine() + 1, mark.orElseThrow().getColumn() + 1);
        }

        @Override
        public int compareTo(Position other) {
            return Comparator.comparingInt(Position::line)
                    .thenComparingInt(Position::column)
                    .compare(this, other);
        }
    }
}
