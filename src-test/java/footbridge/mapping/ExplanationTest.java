package footbridge.mapping;

import static footbridge.mapping.Operation.SEND;
import static footbridge.mapping.Operation.SUBSCRIBE;
import static org.assertj.core.api.Assertions.assertThat;

import footbridge.access.Identity;
import footbridge.mapping.Explanation.Variable;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What an operator is told about a destination.
final class ExplanationTest {

    private static final Identity GUEST = Identity.ANONYMOUS;
    private static final Identity BOB = new Identity("bob", Set.of(), false);

    @TempDir private Path folder;
    private Mappings mappings;

    @BeforeEach
    void load() throws Exception {
        mappings =
                Rules.load(
                        folder,
                        """
                        rules:
                          - destination: /queue/{name}
                            to: { jms: artemis, queue: "q.{name}" }
                            allow: { send: [trader, desk], subscribe: [authenticated] }
                          - destination: /queue/orders
                            to: { jms: artemis, queue: ORDERS }
                            allow: [anonymous]
                            subscribe: none
                          - destination: /queue/eu-{x}
                            to: { jms: artemis, queue: "eu.{x}" }
                          - destination: /user/{name}
                            to: { kafka: kafka, topic: "user.{$user}.{name}" }
                            allow: [anonymous]
                        """);
    }

    @Test
    void theRuleThatAnswersComesWithItsVariables() {
        Explanation explanation = mappings.explain(SEND, "/user/inbox", BOB);

        assertThat(explanation.allowed()).isTrue();
        assertThat(explanation.answer())
                .hasValueSatisfying(answer -> {
                    assertThat(answer.rule().origin()).isEqualTo("rules.yaml:11");
                    assertThat(answer.variables())
                            .containsExactly(
                                    new Variable("name", "inbox"), new Variable("$user", "bob"));
                });
    }

    @Test
    void whatLetTheClientInIsSaid() {
        assertThat(reason(SEND, "/queue/orders", GUEST)).isEqualTo("every client may SEND");
        assertThat(reason(SUBSCRIBE, "/queue/x", BOB))
                .isEqualTo("every client that has logged in may SUBSCRIBE");
        assertThat(reason(SEND, "/queue/x", Rules.ANN)).isEqualTo("the role 'trader' may SEND");
    }

    @Test
    void whatWasMissingIsSaid() {
        assertThat(reason(SEND, "/queue/x", BOB))
                .isEqualTo("only the roles 'desk', 'trader' may SEND, and this client has no role");
        assertThat(reason(SEND, "/queue/x", new Identity("eve", Set.of("clerk"), false)))
                .isEqualTo(
                        "only the roles 'desk', 'trader' may SEND, and this client has the role 'clerk'");
        assertThat(reason(SUBSCRIBE, "/queue/x", GUEST))
                .isEqualTo(
                        "only clients that have logged in may SUBSCRIBE, and this client is anonymous");
        assertThat(reason(SEND, "/user/inbox", GUEST))
                .isEqualTo("the target holds {$user}, and nothing is known of an anonymous client");
        assertThat(reason(SUBSCRIBE, "/queue/orders", BOB))
                .isEqualTo("the rule says 'subscribe: none', so no client may SUBSCRIBE");
        assertThat(reason(SEND, "/user/größe", BOB))
                .isEqualTo("'user.bob.größe' is not a name that a Kafka topic may have here");
        assertThat(reason(SEND, "queue/orders", BOB))
                .isEqualTo("no rule has a destination that answers for it; all begin with '/'");
    }

    @Test
    void rulesThatMatchTooAreLessSpecific() {
        assertThat(others("/queue/orders"))
                .contains(
                        "/queue/{name}: less specific: segment 2 is the variable {name}, not the literal 'orders'");
        assertThat(others("/queue/eu-1"))
                .startsWith(
                        "/queue/{name}: less specific: segment 2 is the variable {name}, not the mixed 'eu-{x}'");
    }

    @Test
    void rulesThatNearlyMatchComeByNearness() {
        assertThat(others("/queue/order!"))
                .containsExactly(
                        "/queue/{name}: segment 2 is for {name}, which does not take '!', only letters, digits and '-_=@~'",
                        "/queue/orders: segment 2 is 'order!', not 'orders'",
                        "/queue/eu-{x}: segment 2 is 'order!', not 'eu-{x}'");
        assertThat(others("/queue/a.b"))
                .containsExactly("/queue/{name}: cut at '/' and '.', 3 segments, not 2");
        assertThat(others("/queue/"))
                .startsWith(
                        "/queue/{name}: segment 2 is for {name}, which wants at least one character");
        assertThat(others("/queue.orders"))
                .containsExactly(
                        "/queue/orders: segment 2 begins with '.', not with '/'",
                        "/queue/{name}: segment 2 begins with '.', not with '/'");
        assertThat(others("/quue/x"))
                .containsExactly(
                        "/queue/{name}: segment 1 is 'quue', not 'queue'",
                        "/user/{name}: segment 1 is 'quue', not 'user'");
        assertThat(others("/x/y/z")).isEmpty();
        assertThat(others("")).isEmpty();
    }

    @Test
    void aRestIsExplainedAsAWhole(@TempDir Path other) throws Exception {
        Mappings rules = Rules.of(other, "/q/{path...}", "/q/{x}/b", "/q/{x}");

        assertThat(rules.explain(SEND, "/q/a.b/c", BOB).answer().orElseThrow().variables())
                .containsExactly(new Explanation.Variable("path...", "a.b/c"));
        assertThat(rules.explain(SEND, "/q/a/b", BOB).others())
                .extracting(Explanation.Candidate::reason)
                .containsExactly(
                        "less specific: segment 2 is the rest {path...}, not the variable {x}",
                        "cut at '/' and '.', 3 segments, not 2");
        assertThat(rules.explain(SEND, "/q/a//b", BOB).others().getFirst().reason())
                .isEqualTo(
                        "segment 2 is for {path...}, which wants at least one character between two separators");
        assertThat(rules.explain(SEND, "/q", BOB).others().getLast().reason())
                .isEqualTo("cut at '/' and '.', 1 segment, not 2 or more");
    }

    @Test
    void onlyTheNearestOfManyAreShown() throws Exception {
        String[] destinations = new String[50];
        for (int i = 0; i < destinations.length; i++) {
            destinations[i] = "/queue/number-%d".formatted(i);
        }
        Explanation explanation =
                Rules.of(folder, destinations).explain(SEND, "/queue/nomber-7", BOB);

        assertThat(explanation.others()).hasSize(Explanation.MAX_OTHERS);
        assertThat(explanation.others().getFirst().rule().destination())
                .isEqualTo("/queue/number-7");
        assertThat(explanation.unshown()).isEqualTo(40);
    }

    private String reason(Operation operation, String destination, Identity client) {
        return mappings.explain(operation, destination, client).reason();
    }

    private List<String> others(String destination) {
        return mappings.explain(SEND, destination, BOB).others().stream()
                .map(other -> other.rule().destination() + ": " + other.reason())
                .toList();
    }
}
