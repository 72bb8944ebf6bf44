package footbridge.app;

import static org.assertj.core.api.Assertions.assertThat;

import footbridge.app.realm.DatabaseSettings;
import footbridge.app.realm.LdapSettings;
import footbridge.app.settings.FootbridgeSettings;
import footbridge.backend.BackendFailure;
import footbridge.session.ErrorCode;
import footbridge.stomp.ProtocolViolation;
import io.smallrye.config.WithDefault;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What `gateway/README.md` lists is what the code has.
class DocumentationTest {

    private static final Path README = Path.of("gateway/README.md");
    private static final Pattern SETTING =
            Pattern.compile("\\| `(footbridge\\.[^`]+)` \\| (?:`([^`]+)`|-) \\|.*");
    private static final Pattern CODED = Pattern.compile("`([a-z-]+)`");

    @Test
    void everySettingIsListedWithItsDefault() throws IOException {
        Map<String, String> documented = new TreeMap<>();
        for (String line : Files.readAllLines(README)) {
            var row = SETTING.matcher(line);
            if (row.matches()) {
                documented.put(row.group(1), row.group(2) == null ? "-" : row.group(2));
            }
        }

        assertThat(documented).isEqualTo(settings("footbridge", FootbridgeSettings.class));
    }

    @Test
    void everyErrorCodeIsListed() throws Exception {
        Set<String> codes = new TreeSet<>();
        Stream.of(ErrorCode.values()).map(ErrorCode::code).forEach(codes::add);
        Stream.of(BackendFailure.Kind.values()).map(BackendFailure.Kind::code).forEach(codes::add);
        for (Field field : ProtocolViolation.class.getFields()) {
            codes.add((String) field.get(null));
        }

        assertThat(documentedCodes()).isEqualTo(codes);
    }

    private static Set<String> documentedCodes() throws IOException {
        return Files.readAllLines(README).stream()
                .dropWhile(line -> !line.equals("## Error codes"))
                .takeWhile(line -> !line.equals("## Metrics"))
                .filter(line -> line.startsWith("| `"))
                .map(line -> line.split("\\|", -1)[1])
                .flatMap(cell -> CODED.matcher(cell).results().map(code -> code.group(1)))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Map<String, String> settings(String prefix, Class<?> type) {
        Map<String, String> settings = new TreeMap<>();
        for (Method method : type.getMethods()) {
            String key = prefix + "." + kebab(method.getName());
            Optional<Class<?>> nested = nested(method);
            if (nested.isEmpty()) {
                WithDefault value = method.getAnnotation(WithDefault.class);
                settings.put(key, value == null ? "-" : value.value());
            } else {
                boolean named = method.getReturnType() == Map.class;
                settings.putAll(settings(named ? key + ".NAME" : key, nested.get()));
            }
        }
        return settings;
    }

    /// The group of settings that a method stands for; empty if it stands for one setting.
    private static Optional<Class<?>> nested(Method method) {
        String type = method.getGenericReturnType().getTypeName();
        Stream<Class<?>> groups =
                Stream.of(FootbridgeSettings.class, LdapSettings.class, DatabaseSettings.class)
                        .flatMap(each ->
                                Stream.concat(
                                        Stream.of(each), Stream.of(each.getDeclaredClasses())));
        return groups.filter(group ->
                        type.endsWith(group.getName()) || type.contains(group.getName() + ">"))
                .findFirst();
    }

    private static String kebab(String name) {
        return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }
}
