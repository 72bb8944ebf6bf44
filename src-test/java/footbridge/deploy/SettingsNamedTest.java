package footbridge.deploy;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What `deploy/` names of the gateway's settings is in the table of `gateway/README.md`, which is
/// compared with the code.
class SettingsNamedTest {

    private static final Path README = Path.of("gateway", "README.md");
    private static final Pattern ROW = Pattern.compile("\\| `(footbridge\\.[^`]+)` \\|.*");
    private static final Pattern KEY =
            Pattern.compile("(?<![-\\w/.:@])footbridge(?:\\.[a-z0-9*-]+)+(?![\\w/])");
    private static final Pattern VARIABLE = Pattern.compile("FOOTBRIDGE(?:_[A-Z0-9]+)+");

    /// Of scripts and cookies.
    private static final Set<String> OTHERS =
            Set.of("FOOTBRIDGE_BASE", "FOOTBRIDGE_IMAGE", "FOOTBRIDGE_ROUTE");

    /// Files and the package of this test, not settings.
    private static final Pattern FILE = Pattern.compile(".*\\.(?:yaml|aot|json|deploy)");

    @Test
    void everySettingExists() throws IOException {
        List<Pattern> keys = settings().map(SettingsNamedTest::key).toList();

        assertThat(named(KEY))
                .contains("footbridge.shutdown.notice")
                .filteredOn(key -> !FILE.matcher(key).matches())
                .allMatch(key -> matches(keys, key));
    }

    @Test
    void everyVariableIsASetting() throws IOException {
        List<Pattern> variables = settings().map(SettingsNamedTest::variable).toList();

        assertThat(named(VARIABLE))
                .contains("FOOTBRIDGE_JMS_ARTEMIS_PASSWORD")
                .filteredOn(name -> !OTHERS.contains(name))
                .allMatch(name -> matches(variables, name));
    }

    private static Stream<String> settings() throws IOException {
        return Files.readAllLines(README).stream()
                .map(ROW::matcher)
                .filter(row -> row.matches())
                .map(row -> row.group(1));
    }

    /// A name, and what follows where the setting is a map.
    private static Pattern key(String setting) {
        String pattern = Pattern.quote(setting).replace("NAME", "\\E[a-z0-9]+\\Q");
        return Pattern.compile(pattern + "(?:\\..*)?");
    }

    private static Pattern variable(String setting) {
        String name = setting.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_");
        return Pattern.compile(name.replace("NAME", "[A-Z0-9]+") + "(?:_.*)?");
    }

    /// A name that ends with `.*` stands for a group of settings.
    private static boolean matches(List<Pattern> patterns, String name) {
        if (name.endsWith(".*")) {
            String group = name.substring(0, name.length() - 1);
            return patterns.stream().anyMatch(each -> each.pattern().contains(group));
        }
        return patterns.stream().anyMatch(each -> each.matcher(name).matches());
    }

    private static Set<String> named(Pattern pattern) throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("deploy"))) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !file.toString().endsWith(".png"))
                    .flatMap(file -> pattern.matcher(text(file)).results())
                    .map(found -> found.group())
                    .collect(toCollection(TreeSet::new));
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
