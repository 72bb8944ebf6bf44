package footbridge.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import footbridge.mapping.file.Fault;
import footbridge.mapping.file.InvalidMapping;
import footbridge.mapping.file.RuleFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every folder under `mapping/bad` is a set of rule files, with the mistakes that are expected to
/// be found in `faults.txt`.
final class BadFilesTest {

    private static final Path BAD = Path.of("src-test/resources/mapping/bad");

    @ParameterizedTest
    @MethodSource("folders")
    void allMistakesAreToldAtOnceWithTheirPlaces(Path folder) throws IOException {
        List<String> expected = Files.readAllLines(folder.resolve("faults.txt"));

        InvalidMapping invalid =
                catchThrowableOfType(
                        InvalidMapping.class, () -> RuleFolder.load(folder, Rules.BACKENDS));

        assertThat(invalid.faults())
                .extracting(Fault::toString)
                .containsExactlyElementsOf(expected);
        assertThat(invalid).hasMessage(String.join("\n", expected));
    }

    static List<Path> folders() throws IOException {
        try (Stream<Path> folders = Files.list(BAD)) {
            return folders.sorted().toList();
        }
    }
}
