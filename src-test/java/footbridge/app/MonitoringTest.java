package footbridge.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/// What watches the gateway asks for what there is: the alert rules and the dashboard in `deploy/`
/// are held against the table of metrics in `gateway/README.md`, which `MetricsIT` holds against a
/// gateway.
class MonitoringTest {

    private static final Path ALERTS = Path.of("deploy/alerts.yaml");
    private static final Path DASHBOARD = Path.of("deploy/grafana-dashboard.json");

    private static final Pattern ROW =
            Pattern.compile("(?m)^\\| `(footbridge_[a-z_]+)` \\| ([^|]*)\\| ([^|]*)\\|$");
    private static final Pattern METRIC = Pattern.compile("(footbridge_[a-z_]+)(?:\\{([^}]*)})?");
    private static final Pattern MATCHER = Pattern.compile("([a-z_]+)(?:=~|!~|!=|=)\"");
    private static final Pattern BY = Pattern.compile("by \\(([^)]*)\\)");
    private static final Pattern WORD = Pattern.compile("[a-z_]+");

    /// Labels that Prometheus adds to what it scrapes, and that of a histogram's buckets.
    private static final Set<String> ADDED = Set.of("instance", "job", "le");

    @Test
    void alertsAskForWhatThereIs() throws IOException {
        List<String> expressions = alerts().stream().map(rule -> text(rule, "expr")).toList();

        assertThat(expressions).hasSizeGreaterThan(10);
        assertThat(expressions.stream().flatMap(MonitoringTest::faults)).isEmpty();
    }

    @Test
    void everyAlertSaysHowBadItIsAndWhatToDo() throws IOException {
        String advice = Files.readString(Path.of("deploy/README.md"));
        for (Map<?, ?> rule : alerts()) {
            assertThat(text(map(rule.get("labels")), "severity")).isIn("critical", "warning");
            assertThat(text(map(rule.get("annotations")), "summary")).isNotBlank();
            assertThat(advice).contains("\n### " + text(rule, "alert") + "\n");
        }
    }

    @Test
    void theDashboardAsksForWhatThereIsAndShowsAllOfIt() throws IOException {
        List<String> expressions = new ArrayList<>();
        for (Object panel : new JsonObject(Files.readString(DASHBOARD)).getJsonArray("panels")) {
            for (Object target : ((JsonObject) panel).getJsonArray("targets", new JsonArray())) {
                expressions.add(((JsonObject) target).getString("expr"));
            }
        }

        assertThat(expressions.stream().flatMap(MonitoringTest::faults)).isEmpty();
        Set<String> shown =
                expressions.stream()
                        .flatMap(text -> METRIC.matcher(text).results())
                        .map(match -> known(match.group(1)))
                        .collect(Collectors.toSet());
        assertThat(shown).isEqualTo(metrics().keySet());
    }

    @Test
    void prometheusTakesTheAlerts() throws Exception {
        boolean there =
                Stream.of(System.getenv("PATH").split(File.pathSeparator))
                        .anyMatch(folder -> Files.isExecutable(Path.of(folder, "promtool")));
        assumeTrue(there, "promtool is not installed (Debian's package prometheus)");
        Process promtool =
                new ProcessBuilder("promtool", "check", "rules", ALERTS.toString())
                        .redirectErrorStream(true)
                        .start();
        String output =
                new String(promtool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(promtool.waitFor()).as(output).isZero();
    }

    /// What an expression asks for and nobody has.
    private static Stream<String> faults(String expression) {
        Map<String, Set<String>> metrics = metrics();
        List<MatchResult> used = METRIC.matcher(expression).results().toList();
        Stream<String> unknown =
                used.stream()
                        .map(match -> known(match.group(1)))
                        .filter(name -> !metrics.containsKey(name));
        Stream<String> labels =
                used.stream()
                        .filter(match -> metrics.containsKey(known(match.group(1))))
                        .flatMap(match ->
                                Stream.concat(labels(match.group(2)), grouped(expression))
                                        .filter(label -> !ADDED.contains(label))
                                        .filter(label ->
                                                !metrics.getOrDefault(
                                                                known(match.group(1)), Set.of())
                                                        .contains(label))
                                        .map(label -> match.group(1) + " has no " + label));
        return Stream.concat(unknown, labels);
    }

    private static Stream<String> labels(String matchers) {
        return matchers == null
                ? Stream.of()
                : MATCHER.matcher(matchers).results().map(match -> match.group(1));
    }

    private static Stream<String> grouped(String expression) {
        return BY.matcher(expression)
                .results()
                .flatMap(by -> WORD.matcher(by.group(1)).results().map(MatchResult::group));
    }

    /// The metric to which a sample of a histogram belongs.
    private static String known(String sample) {
        return sample.replaceAll("_seconds_(bucket|count|sum)$", "_seconds");
    }

    private static Map<String, Set<String>> metrics() {
        Map<String, Set<String>> metrics = new TreeMap<>();
        try {
            ROW.matcher(Files.readString(Path.of("gateway/README.md")))
                    .results()
                    .forEach(row ->
                            metrics.put(
                                    row.group(1),
                                    WORD.matcher(row.group(2))
                                            .results()
                                            .map(MatchResult::group)
                                            .collect(Collectors.toSet())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return metrics;
    }

    private static List<Map<?, ?>> alerts() throws IOException {
        Object file =
                new Load(LoadSettings.builder().build()).loadFromString(Files.readString(ALERTS));
        List<Map<?, ?>> rules = new ArrayList<>();
        for (Object group : list(map(file).get("groups"))) {
            list(map(group).get("rules")).forEach(rule -> rules.add(map(rule)));
        }
        return rules;
    }

    private static Map<?, ?> map(@Nullable Object value) {
        return (Map<?, ?>) Objects.requireNonNull(value);
    }

    private static List<?> list(@Nullable Object value) {
        return (List<?>) Objects.requireNonNull(value);
    }

    private static String text(Map<?, ?> map, String key) {
        return String.valueOf(map.get(key));
    }
}
