package footbridge.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import footbridge.mapping.file.FolderReader;
import footbridge.mapping.file.InvalidMapping;
import footbridge.mapping.file.RuleFolder;
import footbridge.mapping.file.YamlSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FolderTest {

    @TempDir private Path folder;

    @Test
    void rulesOfAllFilesAreOneSetInOrderOfFilesAndLines() throws Exception {
        write("b.yml", "rules:\n  - { destination: /3, to: { jms: artemis, queue: q } }\n");
        write(
                "a.yaml",
                """
                rules:
                  - { destination: /2, to: { jms: artemis, queue: q } }

                  - { destination: /1, to: { jms: artemis, queue: q } }
                """);

        Mappings mappings = RuleFolder.load(folder, Rules.BACKENDS);

        assertThat(mappings.rules())
                .extracting(Rule::destination)
                .containsExactly("/2", "/1", "/3");
        assertThat(mappings.rules())
                .extracting(Rule::origin)
                .containsExactly("a.yaml:2", "a.yaml:4", "b.yml:2");
    }

    @Test
    void hiddenFilesAndOtherFilesAreNotRead() throws Exception {
        write("good.yaml", "rules: []");
        write(".hidden.yaml", "wrong");
        write("notes.txt", "wrong");
        Files.createDirectories(folder.resolve("sub.yaml"));

        assertThat(RuleFolder.load(folder, Rules.BACKENDS).rules()).isEmpty();
    }

    @Test
    void defaultsHoldForTheirFileOnly() throws Exception {
        write(
                "a.yaml",
                """
                defaults: { subscribe: { prefetch: 7 } }
                rules:
                  - { destination: /1, to: { jms: artemis, queue: q } }
                """);
        write("b.yaml", "rules:\n  - { destination: /2, to: { jms: artemis, queue: q } }\n");

        assertThat(RuleFolder.load(folder, Rules.BACKENDS).rules())
                .extracting(rule -> rule.delivery().prefetch())
                .containsExactly(7, 100);
    }

    @Test
    void aFolderThatIsNoneIsRefused() {
        Path missing = folder.resolve("missing");

        assertThatThrownBy(() -> RuleFolder.load(missing, Rules.BACKENDS))
                .isInstanceOf(InvalidMapping.class)
                .hasMessage(missing + ": is not a folder; the rule files (*.yaml) belong in one");
    }

    @Test
    void anEmptyFolderIsRefused() {
        assertThatThrownBy(() -> RuleFolder.load(folder, Rules.BACKENDS))
                .isInstanceOf(InvalidMapping.class)
                .hasMessage(folder + ": has no rule file; put at least one *.yaml there");
    }

    @Test
    void aFileOverOneMebibyteIsRefused() throws Exception {
        String rules = "rules: []\n#";
        write("a.yaml", rules + "x".repeat(YamlSource.MAX_SIZE - rules.length()));
        assertThat(RuleFolder.load(folder, Rules.BACKENDS).rules()).isEmpty();

        write("a.yaml", rules + "x".repeat(YamlSource.MAX_SIZE - rules.length() + 1));
        assertThatThrownBy(() -> RuleFolder.load(folder, Rules.BACKENDS))
                .hasMessage(
                        "a.yaml:1:1: the file is larger than 1 MiB; split it into several files");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{", "- ", "? ", "[{a: "})
    void aFileOfEndlessDepthIsRefused(String opening) throws Exception {
        write("a.yaml", "rules:\n  " + opening.repeat(200_000));

        assertThatThrownBy(() -> RuleFolder.load(folder, Rules.BACKENDS))
                .isInstanceOf(InvalidMapping.class)
                .hasMessageContaining("nested more than 20 deep");
    }

    @Test
    void theFirstHundredMistakesAreTold() throws Exception {
        write("a.yaml", "rules:\n" + "  - wrong\n".repeat(120));

        InvalidMapping invalid =
                catchThrowableOfType(
                        InvalidMapping.class, () -> RuleFolder.load(folder, Rules.BACKENDS));

        assertThat(invalid.faults()).hasSize(100);
        assertThat(invalid.faults().getLast().toString()).startsWith("a.yaml:101:5: ");
        assertThat(invalid.getMessage()).endsWith("\nand 20 more");
    }

    @Test
    void tooManyRulesAreRefused() throws Exception {
        StringBuilder yaml = new StringBuilder("rules:\n");
        for (int i = 0; i <= FolderReader.MAX_RULES; i++) {
            yaml.append("- {destination: /").append(i).append(", to: {jms: artemis, queue: q}}\n");
        }
        write("a.yaml", yaml.toString());

        assertThatThrownBy(() -> RuleFolder.load(folder, Rules.BACKENDS))
                .hasMessage(
                        "a.yaml:10002:3: more than 10,000 rules; use variables to say more with fewer");
    }

    @Test
    void tooManyFilesAreRefused() throws Exception {
        for (int i = 0; i <= FolderReader.MAX_FILES; i++) {
            write(i + ".yaml", "rules: []");
        }

        assertThatThrownBy(() -> RuleFolder.load(folder, Rules.BACKENDS))
                .hasMessage(folder + ": has more than 1,000 rule files; merge some");
    }

    @Test
    void aByteOrderMarkIsNoMistake() throws Exception {
        write("a.yaml", "\uFEFFrules: []");

        assertThat(RuleFolder.load(folder, Rules.BACKENDS).rules()).isEmpty();
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }
}
