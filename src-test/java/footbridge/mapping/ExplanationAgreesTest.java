package footbridge.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import footbridge.access.Identity;
import footbridge.mapping.file.InvalidMapping;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What an explanation says against what traffic is told, and against a scan of all rules with
/// regular expressions, on random rules, destinations and clients.
final class ExplanationAgreesTest {

    private static final long SEED = 20_251_101L;
    private static final int ROUNDS = 200;
    private static final int REQUESTS = 100;

    private static final List<String> PIECES =
            List.of("a", "b", "ab", "{x}", "{x}", "a-{x}", "{x}-b", "");
    private static final List<String> WORDS =
            List.of("a", "b", "ab", "a-b", "a-", "c", "+", "*", "", "x".repeat(201));
    private static final List<String> GRANTS =
            List.of("[anonymous]", "[authenticated]", "[r1]", "{ send: [r1, r2] }");
    private static final List<String> TARGETS =
            List.of(
                    "{ jms: artemis, queue: Q }",
                    "{ jms: artemis, topic: \"T.{$user}\" }",
                    "{ kafka: kafka, topic: t, key: k }",
                    "{ kafka: kafka, topic: \"t.{$user}\" }",
                    "{ jms: artemis, queue: \"Q.{$claim.tenant}\" }");
    private static final List<String> SWITCHES = List.of("", "", "send: none", "subscribe: none");
    private static final List<Identity> CLIENTS =
            List.of(
                    Identity.ANONYMOUS,
                    new Identity("ann", Set.of("r1"), false),
                    new Identity("bob", Set.of(), false, Map.of("tenant", "acme")),
                    new Identity("größe", Set.of("r2", "r3"), false, Map.of("tenant", "a/b")),
                    new Identity("a.b", Set.of("r1", "r2"), false));

    @TempDir private Path folder;
    private final Random random = new Random(SEED);

    @Test
    void anExplanationSaysWhatTrafficIsTold() throws Exception {
        Set<Class<?>> seen = new LinkedHashSet<>();
        for (int round = 0; round < ROUNDS; round++) {
            Optional<Mappings> mappings = load();
            for (int i = 0; mappings.isPresent() && i < REQUESTS; i++) {
                Operation operation = pick(List.of(Operation.values()));
                Explanation explanation =
                        mappings.get().explain(operation, destination(), pick(CLIENTS));
                assertAgrees(explanation, mappings.get());
                seen.add(explanation.route().getClass());
            }
        }
        assertThat(seen)
                .containsExactlyInAnyOrder(
                        Route.Found.class,
                        Route.NotMapped.class,
                        Route.Closed.class,
                        Route.Denied.class);
    }

    private static void assertAgrees(Explanation explanation, Mappings mappings) {
        Explanation.Request request = explanation.request();
        String destination = request.destination();
        String as = "seed=%d %s in %s".formatted(SEED, request, mappings.rules());

        assertThat(explanation.route())
                .as(as)
                .isEqualTo(mappings.route(request.operation(), destination, request.client()));
        assertThat(explanation.answer().map(Explanation.Answer::rule))
                .as(as)
                .isEqualTo(
                        mappings.rules().stream()
                                .filter(rule -> answersFor(rule, destination))
                                .min(
                                        Comparator.comparing(
                                                rule -> RuleIndexTest.kinds(rule.destination()))));
        assertThat(explanation.others())
                .as(as)
                .allMatch(other -> other.matches() == answersFor(other.rule(), destination))
                .extracting(Explanation.Candidate::rule)
                .noneMatch(other ->
                        explanation.answer().filter(a -> a.rule().equals(other)).isPresent());
        assertThat(explanation.others().stream().filter(Explanation.Candidate::matches).count())
                .as(as)
                .isEqualTo(
                        Math.max(
                                0,
                                mappings.rules().stream()
                                                .filter(rule -> answersFor(rule, destination))
                                                .count()
                                        - 1));
        assertThat(explanation.reason()).as(as).matches(reason(explanation.route()));
    }

    /// What only such a route has for a reason.
    private static String reason(Route route) {
        return switch (route) {
            case Route.Found _ -> "(every client|the role).* may (SEND|SUBSCRIBE)";
            case Route.Closed _ -> "the rule says .* no client may (SEND|SUBSCRIBE)";
            case Route.Denied _ ->
                    "only .*, and this client .*|the target holds \\{\\$(user|claim.tenant)}, .*";
            case Route.NotMapped _ ->
                    "no rule has .*|the client's (name|claim 'tenant') goes .*|'.*' is not a name that a Kafka .*";
        };
    }

    private static boolean answersFor(Rule rule, String destination) {
        return RuleIndexTest.pattern(rule.destination(), destination).matches();
    }

    /// Empty if two of the rules tie.
    private Optional<Mappings> load() throws Exception {
        StringBuilder yaml = new StringBuilder("rules:\n");
        for (int i = 0; i < 6; i++) {
            yaml.append(
                    "  - { destination: \"%s\", to: %s, allow: %s%s }\n"
                            .formatted(
                                    template(),
                                    pick(TARGETS),
                                    pick(GRANTS),
                                    pick(SWITCHES).replaceFirst("^(?=.)", ", ")));
        }
        try {
            return Optional.of(Rules.load(folder, yaml.toString()));
        } catch (InvalidMapping tie) {
            assertThat(tie).hasMessageMatching("(?s).*(ties with|already has a rule).*");
            return Optional.empty();
        }
    }

    private String template() {
        StringBuilder template = new StringBuilder();
        int segments = 1 + random.nextInt(3);
        for (int i = 0; i < segments; i++) {
            String piece = pick(PIECES).replace("{x}", "{x%d}".formatted(i));
            template.append(i == 0 || random.nextInt(3) > 0 ? '/' : '.').append(piece);
        }
        if (random.nextInt(5) == 0) {
            template.append("/{rest...}");
        }
        return template.toString();
    }

    private String destination() {
        StringBuilder destination = new StringBuilder();
        int segments = random.nextInt(4);
        for (int i = 0; i < segments; i++) {
            destination.append(random.nextInt(5) > 0 ? '/' : '.').append(pick(WORDS));
        }
        return destination.toString();
    }

    private <T> T pick(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
