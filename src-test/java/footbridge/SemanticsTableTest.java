package footbridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The tests that `gateway/README.md` names as proofs are there, and no cell is without one.
class SemanticsTableTest {

    private static final Path README = Path.of("gateway/README.md");
    private static final Pattern PROOF = Pattern.compile("`(\\w+\\.\\w+(?:Test|IT))\\.(\\w+)`");

    @Test
    void everyProofIsATest() throws IOException {
        List<String> missing =
                rows().flatMap(row -> PROOF.matcher(row).results())
                        .filter(proof -> !isTest(proof.group(1), proof.group(2)))
                        .map(proof -> proof.group())
                        .toList();

        assertThat(missing).isEmpty();
    }

    @Test
    void everyRowHasAProofAndNoCellIsEmpty() throws IOException {
        assertThat(rows().count()).isGreaterThan(24);
        assertThat(rows())
                .allSatisfy(row -> assertThat(PROOF.matcher(row).find()).isTrue())
                .allSatisfy(row ->
                        assertThat(Arrays.asList(row.split("\\|")).subList(1, 4))
                                .noneMatch(String::isBlank));
    }

    @Test
    void aTestThatIsNotThereIsMissed() {
        assertThat(isTest("jms.SendTest", "aMissingQueueIsRefused")).isTrue();
        assertThat(isTest("jms.SendTest", "aMissingQueueIsTaken")).isFalse();
        assertThat(isTest("jms.NoSuchTest", "aMissingQueueIsRefused")).isFalse();
    }

    private static Stream<String> rows() throws IOException {
        return Files.readAllLines(README).stream()
                .dropWhile(line -> !line.equals("## Semantics, proven"))
                .skip(1)
                .takeWhile(line -> !line.startsWith("## "))
                .filter(line -> line.startsWith("| ") && !line.startsWith("| STOMP "));
    }

    private static boolean isTest(String type, String method) {
        try {
            Class<?> known = Class.forName("footbridge." + type, false, loader());
            for (Class<?> at = known; at != null; at = at.getSuperclass()) {
                if (Stream.of(at.getDeclaredMethods())
                        .anyMatch(each -> each.getName().equals(method) && isTest(each))) {
                    return true;
                }
            }
            return false;
        } catch (ClassNotFoundException _) {
            return false;
        }
    }

    private static ClassLoader loader() {
        return SemanticsTableTest.class.getClassLoader();
    }

    private static boolean isTest(Method method) {
        return Stream.of(method.getAnnotations())
                .map(Annotation::annotationType)
                .map(Class::getSimpleName)
                .anyMatch(name -> name.endsWith("Test"));
    }
}
