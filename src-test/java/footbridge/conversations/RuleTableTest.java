package footbridge.conversations;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Every rule of the protocol has a test that names it, and `src-test/README.md` says which.
///
/// A conversation names its rules in its line `rules:`, a test method at the end of its name:
/// `..._F3_ambiguity37`.
final class RuleTableTest {

    private static final Path README = Path.of("src-test", "README.md");
    private static final Path TESTS = Path.of("src-test", "java", "footbridge");
    private static final Path MADE = Path.of("target", "rule-table.md");
    private static final Pattern METHOD =
            Pattern.compile("void (\\w+?)((?:_(?:[A-Z]\\d+|ambigui\\w+))+)\\(");
    private static final Pattern RULE = Pattern.compile("_([A-Z]\\d+)");
    private static final Pattern AMBIGUITY = Pattern.compile("_ambigui(?:ty|ties)(\\w+)");

    private final Map<String, SortedSet<String>> tests = new LinkedHashMap<>();

    @Test
    void everyRuleHasATestAndTheTableSaysWhich() throws IOException {
        rules().forEach(rule -> tests.put(rule, new TreeSet<>()));
        ConversationFile.readAll().forEach(this::add);
        try (Stream<Path> files = Files.walk(TESTS)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
                addMethods(file);
            }
        }

        Map<String, Set<String>> table = table();
        Files.createDirectories(MADE.getParent());
        Files.write(MADE, tests.keySet().stream().map(this::row).toList());

        assertThat(table.keySet())
                .as("rules in %s; made anew in %s", README, MADE)
                .containsExactlyElementsOf(tests.keySet());
        table.forEach((rule, named) ->
                assertThat(named)
                        .as("tests of %s in %s; made anew in %s", rule, README, MADE)
                        .isNotEmpty()
                        .isSubsetOf(Objects.requireNonNull(tests.get(rule))));
    }

    private static List<String> rules() throws IOException {
        return Files.readAllLines(ConversationFile.FOLDER.resolve("rules.list")).stream()
                .filter(line -> !line.startsWith("#"))
                .flatMap(line -> Stream.of(line.split(" ", -1)))
                .toList();
    }

    private void add(Conversation talk) {
        assertThat(talk.rules()).as("rules of %s", talk).isNotEmpty();
        talk.rules().forEach(rule -> add(rule, talk.file() + ": " + talk.title()));
    }

    private void addMethods(Path file) throws IOException {
        String type = file.getFileName().toString().replace(".java", "");
        METHOD.matcher(Files.readString(file))
                .results()
                .forEach(method -> {
                    String test = "`%s.%s`".formatted(type, method.group(1));
                    RULE.matcher(method.group(2))
                            .results()
                            .forEach(rule -> add(rule.group(1), test));
                    AMBIGUITY
                            .matcher(method.group(2))
                            .results()
                            .flatMap(numbers -> Stream.of(numbers.group(1).split("And", -1)))
                            .forEach(number -> add("ambiguity" + number, test));
                });
    }

    private void add(String rule, String test) {
        assertThat(tests).as("the rule that '%s' names", test).containsKey(rule);
        Objects.requireNonNull(tests.get(rule)).add(test);
    }

    /// Conversations say it best; where there is none, the methods.
    private String row(String rule) {
        SortedSet<String> named = Objects.requireNonNull(tests.get(rule));
        List<String> conversations = named.stream().filter(test -> !test.startsWith("`")).toList();
        return "| %s | %s |"
                .formatted(
                        rule, String.join("; ", conversations.isEmpty() ? named : conversations));
    }

    /// The table of the README: the tests that each rule's row names.
    private static Map<String, Set<String>> table() throws IOException {
        Map<String, Set<String>> table = new LinkedHashMap<>();
        Files.readAllLines(README).stream()
                .dropWhile(line -> !line.equals("| Rule | Tests |"))
                .skip(2)
                .takeWhile(line -> line.startsWith("|"))
                .map(line -> line.split("\\|", -1))
                .forEach(row -> table.put(row[1].strip(), Set.of(row[2].strip().split("; ", -1))));
        return table;
    }
}
