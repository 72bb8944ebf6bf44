package footbridge.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import footbridge.mapping.file.InvalidMapping;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Which of several rules answers, and which sets of rules cannot say so.
final class PrecedenceTest {

    @TempDir private Path folder;

    @Test
    void literalBeatsMixedBeatsVariable() throws Exception {
        Mappings mappings = Rules.of(folder, "/q/{x}", "/q/eu-{x}", "/q/eu-1");

        assertThat(answer(mappings, "/q/eu-1")).isEqualTo("/q/eu-1");
        assertThat(answer(mappings, "/q/eu-2")).isEqualTo("/q/eu-{x}");
        assertThat(answer(mappings, "/q/us-1")).isEqualTo("/q/{x}");
        assertThat(answer(mappings, "/q/eu-")).isEqualTo("/q/{x}");
    }

    @Test
    void theRestIsTheLeastSpecific() throws Exception {
        Mappings mappings =
                Rules.of(
                        folder,
                        "/q/{r...}",
                        "/q/{x}",
                        "/q/a/{r...}",
                        "/q/{x}.b",
                        "/{r...}",
                        "/q.{r...}");

        assertThat(answer(mappings, "/q/x")).isEqualTo("/q/{x}");
        assertThat(answer(mappings, "/q/x.b")).isEqualTo("/q/{x}.b");
        assertThat(answer(mappings, "/q/x/b")).isEqualTo("/q/{r...}");
        assertThat(answer(mappings, "/q/a/b")).isEqualTo("/q/a/{r...}");
        assertThat(answer(mappings, "/q/a/b.c/d")).isEqualTo("/q/a/{r...}");
        assertThat(answer(mappings, "/q/a.c")).isEqualTo("/q/{r...}");
        assertThat(answer(mappings, "/q.x")).isEqualTo("/q.{r...}");
        assertThat(answer(mappings, "/p/x")).isEqualTo("/{r...}");
        assertThat(answer(mappings, "/p")).isEqualTo("/{r...}");
    }

    @Test
    void twoRestsOfOneBeginningTie() {
        assertThatThrownBy(() -> Rules.of(folder, "/q/{a...}", "/q/{b...}"))
                .isInstanceOf(InvalidMapping.class)
                .hasMessageContaining("ties with '/q/{a...}' at rules.yaml:2:20");
    }

    @Test
    void theLeftmostSegmentDecides() throws Exception {
        Mappings mappings = Rules.of(folder, "/{a}/b/c", "/a/{b}/{c}", "/a/{b}/c", "/{a}.{b}");

        assertThat(answer(mappings, "/a/b/c")).isEqualTo("/a/{b}/c");
        assertThat(answer(mappings, "/a/b/d")).isEqualTo("/a/{b}/{c}");
        assertThat(answer(mappings, "/x/b/c")).isEqualTo("/{a}/b/c");
        assertThat(answer(mappings, "/x.y")).isEqualTo("/{a}.{b}");
    }

    @Test
    void aRuleThatMatchesWinsOverMoreSpecificBeginnings() throws Exception {
        Mappings mappings = Rules.of(folder, "/a/b/c", "/a/b{x}/d", "/{x}/bb/{y}");

        assertThat(answer(mappings, "/a/bb/e")).isEqualTo("/{x}/bb/{y}");
        assertThat(answer(mappings, "/a/bb/d")).isEqualTo("/a/b{x}/d");
    }

    @Test
    void mixedSegmentsThatDecideLaterDoNotTie() throws Exception {
        Mappings mappings = Rules.of(folder, "/a{x}/{y}", "/{x}b/c");

        assertThat(answer(mappings, "/a-b/c")).isEqualTo("/{x}b/c");
        assertThat(answer(mappings, "/a-b/d")).isEqualTo("/a{x}/{y}");
    }

    @Test
    void mixedSegmentsThatNoTextAnswersToDoNotTie() throws Exception {
        Mappings mappings = Rules.of(folder, "/a{x}", "/b{x}", "/{x}:c", "/c{x}d", "/c{x}e");

        assertThat(answer(mappings, "/b1")).isEqualTo("/b{x}");
        assertThat(answer(mappings, "/1:c")).isEqualTo("/{x}:c");
        assertThat(answer(mappings, "/c-e")).isEqualTo("/c{x}e");
    }

    @Test
    void rulesThatTieAreRefusedWithBothPlaces() {
        assertThatThrownBy(() -> Rules.of(folder, "/a.{x}.c", "/b", "/a.{y}.c"))
                .isInstanceOf(InvalidMapping.class)
                .hasMessageContaining("rules.yaml:4:20: ")
                .hasMessageContaining(" at rules.yaml:2:20");
        assertThatThrownBy(() -> Rules.of(folder, "/a{x}", "/a-b{x}"))
                .isInstanceOf(InvalidMapping.class);
    }

    @Test
    void aVariableEndsAtTheFirstLiteralThatFollows() throws Exception {
        Mappings mappings =
                Rules.load(
                        folder,
                        """
                        rules:
                          - destination: /{a}-{b}/{c}
                            to: { jms: artemis, queue: "{a}.{b}.{c}" }
                        """);

        assertThat(mappings.route(Operation.SEND, "/x-y-z/1", Rules.ANN).toString())
                .contains("queue=x.y-z.1,");
        assertThat(mappings.route(Operation.SEND, "/--y/1", Rules.ANN).toString())
                .contains("queue=-.y.1,");
    }

    private static String answer(Mappings mappings, String destination) {
        Route route = mappings.route(Operation.SEND, destination, Rules.ANN);
        return ((Route.Found) route).rule().destination();
    }
}
