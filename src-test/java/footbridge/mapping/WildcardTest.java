package footbridge.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import footbridge.access.Identity;
import footbridge.backend.Target.Creation;
import footbridge.backend.Target.JmsTopic;
import footbridge.mapping.file.InvalidMapping;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// `*` in the place of a variable, where a rule allows it.
class WildcardTest {

    private static final Identity ANN = new Identity("ann", Set.of(), false);

    private static final String RULES =
            """
            defaults: { subscribe: { wildcards: true } }
            rules:
              - { destination: "/topic/news.{area}", to: { jms: artemis, topic: "N.{area}" } }
              - { destination: /topic/news.secret, to: { jms: artemis, topic: N.secret }, allow: [boss] }
              - { destination: /topic/news.moved, to: { jms: artemis, topic: elsewhere } }
              - { destination: "/topic/sport/{a}/{b}", to: { jms: artemis, topic: "S.{b}.{a}" } }
              - { destination: "/topic/mine.{x}", to: { jms: artemis, topic: "U.{$user}.{x}" } }
              - { destination: "/topic/off.{x}", to: { jms: artemis, topic: "O.{x}" }, subscribe: { wildcards: false } }
              - { destination: "/queue/{q}", to: { jms: artemis, queue: "Q.{q}" } }
              - { destination: "/log/{q}", to: { kafka: kafka, topic: "log.{q}" } }
            """;

    @TempDir Path folder;

    private Mappings mappings;

    @BeforeEach
    void load() throws Exception {
        mappings = Rules.load(folder, RULES);
    }

    @ParameterizedTest
    @CsvSource({
        "/topic/news.*, N.*",
        "/topic/sport/*/b, S.b.*",
        "/topic/sport/*/*, S.*.*",
        "/topic/mine.*, U.ann.*"
    })
    void aStarStandsForAVariable(String destination, String topic) {
        assertThat(mappings.route(Operation.SUBSCRIBE, destination, ANN))
                .isInstanceOfSatisfying(
                        Route.Found.class,
                        found ->
                                assertThat(found.target())
                                        .isEqualTo(new JmsTopic("artemis", topic, Creation.NEVER)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/topic/*",
                "/topic/*.a",
                "/*/news.a",
                "/topic/news.a*",
                "/topic/news.*.*",
                "/topic/news.**",
                "/topic/news.>",
                "/topic/news.#",
                "/topic/sport/*",
                "/topic/off.*",
                "/queue/*",
                "/log/*",
                "*"
            })
    void itStandsForNothingElse(String destination) {
        assertThat(mappings.route(Operation.SUBSCRIBE, destination, ANN))
                .isInstanceOf(Route.NotMapped.class);
    }

    @Test
    void nobodySendsToAWildcard() {
        assertThat(mappings.route(Operation.SEND, "/topic/news.*", ANN))
                .isInstanceOf(Route.NotMapped.class);
    }

    @ParameterizedTest
    @CsvSource({
        "N.sun, /topic/news.sun",
        "S.b.a, /topic/sport/a/b",
        "U.ann.x, /topic/mine.x",
        "elsewhere, /topic/news.moved"
    })
    void theTopicOfAMessageIsCalledAsItsSubscriberWould(String topic, String destination) {
        assertThat(source(topic)).contains(destination);
    }

    @ParameterizedTest
    @ValueSource(strings = {"N.secret", "N.moved", "N.a b", "N.$sys", "N.a.b", "U.bob.x", "X.y"})
    void whatTheClientCouldNotSubscribeToHasNoDestination(String topic) {
        assertThat(source(topic)).isEmpty();
    }

    @Test
    void aRuleWhoseVariablesAreNoWordsTakesNone() {
        for (String rule :
                new String[] {
                    "{ destination: '/t/{a}', to: { jms: artemis, topic: 'x-{a}' }",
                    "{ destination: '/t/x-{a}', to: { jms: artemis, topic: 'x.{a}' }",
                    "{ destination: '/t/{a...}', to: { jms: artemis, topic: 'x.{a...}' }",
                    "{ destination: '/t/a', to: { jms: artemis, topic: x }",
                    "{ destination: '/t/{a}', to: { jms: artemis, queue: 'x.{a}' }"
                }) {
            assertThatThrownBy(() ->
                            Rules.load(
                                    folder,
                                    "rules:\n  - " + rule + ", subscribe: { wildcards: true } }\n"))
                    .as(rule)
                    .isInstanceOf(InvalidMapping.class)
                    .hasMessageContaining("'wildcards' needs a topic");
        }
    }

    private Optional<String> source(String topic) {
        return mappings.destinationOf(
                Operation.SUBSCRIBE, new JmsTopic("artemis", topic, Creation.NEVER), ANN);
    }
}
