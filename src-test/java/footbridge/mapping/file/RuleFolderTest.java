package footbridge.mapping.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import footbridge.mapping.Rule;
import footbridge.mapping.Rules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RuleFolderTest {

    @TempDir private Path folder;

    @Test
    void subFoldersAreReadAndHiddenOnesAreNot() throws Exception {
        write("b.yaml", "b");
        write("eu/a.yml", "a");
        write("eu/north/c.yaml", "c");
        write(".git/d.yaml", "d");
        write("eu/.hidden.yaml", "e");
        write("eu/notes.txt", "f");

        assertThat(RuleFolder.load(folder, Rules.BACKENDS).rules())
                .extracting(Rule::origin)
                .containsExactly("b.yaml:2", "eu/a.yml:2", "eu/north/c.yaml:2");
    }

    @Test
    void aMistakeInASubFolderIsToldWithItsPath() throws Exception {
        write("eu/a.yaml", "{");

        assertThatThrownBy(() -> RuleFolder.load(folder, Rules.BACKENDS))
                .isInstanceOf(InvalidMapping.class)
                .hasMessageStartingWith("eu/a.yaml:2:");
    }

    @Test
    void linksThatLeadInACircleAreRefused() throws Exception {
        write("a.yaml", "a");
        Files.createSymbolicLink(folder.resolve("again"), folder);

        assertThatThrownBy(() -> RuleFolder.load(folder, Rules.BACKENDS))
                .isInstanceOf(InvalidMapping.class)
                .hasMessageContaining("has links that lead in a circle");
        assertThat(new RuleFolder(folder).digest()).startsWith("unreadable");
    }

    @Test
    void aSwappedConfigMapIsAnotherContent() throws Exception {
        write("..2026_1/a.yaml", "a");
        write("..2026_2/a.yaml", "b");
        Path data = Files.createSymbolicLink(folder.resolve("..data"), Path.of("..2026_1"));
        Files.createSymbolicLink(folder.resolve("a.yaml"), Path.of("..data/a.yaml"));
        String before = new RuleFolder(folder).digest();
        assertThat(destination()).isEqualTo("/queue/a");

        Files.delete(data);
        Files.createSymbolicLink(data, Path.of("..2026_2"));

        assertThat(destination()).isEqualTo("/queue/b");
        assertThat(new RuleFolder(folder).digest()).isNotEqualTo(before);
    }

    @Test
    void theDigestIsOfNamesAndContents() throws Exception {
        write("a.yaml", "a");
        String first = new RuleFolder(folder).digest();
        write("notes.txt", "x");
        write("a.yaml", "a");
        assertThat(new RuleFolder(folder).digest()).isEqualTo(first);

        Files.move(folder.resolve("a.yaml"), folder.resolve("b.yaml"));
        assertThat(new RuleFolder(folder).digest()).isNotEqualTo(first);
        Files.move(folder.resolve("b.yaml"), folder.resolve("a.yaml"));
        write("a.yaml", "b");
        assertThat(new RuleFolder(folder).digest()).isNotEqualTo(first);
    }

    private String destination() throws InvalidMapping {
        return RuleFolder.load(folder, Rules.BACKENDS).rules().getFirst().destination();
    }

    private void write(String file, String queue) throws IOException {
        Path path = folder.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(
                path,
                "rules:\n  - { destination: /queue/%s, to: { jms: artemis, queue: q } }\n"
                        .formatted(queue));
    }
}
