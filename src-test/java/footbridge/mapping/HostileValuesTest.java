package footbridge.mapping;

import static footbridge.mapping.Operation.SEND;
import static org.assertj.core.api.Assertions.assertThat;

import footbridge.access.Identity;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A client chooses the values of variables, so it will choose bad ones.
final class HostileValuesTest {

    private Mappings mappings;

    @BeforeEach
    void load(@TempDir Path folder) throws Exception {
        mappings =
                Rules.load(
                        folder,
                        """
                        rules:
                          - { destination: "/q/{x}", to: { jms: artemis, queue: "Q.{x}" } }
                          - { destination: "/k/{x}", to: { kafka: kafka, topic: "{x}" } }
                          - { destination: "/long/{x}", to: { kafka: kafka, topic: "t12345678901234567890123456789012345678901234567890.{x}" } }
                          - { destination: "/own/__{x}", to: { kafka: kafka, topic: "__{x}" } }
                          - { destination: "/r/{x...}", to: { jms: artemis, queue: "R.{x...}" } }
                          - { destination: "/kr/{x...}", to: { kafka: kafka, topic: "kr.{x...}" } }
                          - { destination: "/t/{x...}", to: { jms: artemis, queue: "T.{$claim.tenant}.{x...}" } }
                          - { destination: "/u/{x}", to: { jms: artemis, queue: "U.{$user}.{x}" } }
                        """);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "*",
                "#",
                ">",
                "a*",
                ".",
                "..",
                "/",
                "a.",
                ".a",
                "a/",
                "/a",
                "a//b",
                "a..b",
                "a./b",
                "a::b",
                ":",
                "a?b=c",
                "a&b",
                "a,b",
                "a;b",
                "$sys",
                "{x}",
                "{$user}",
                "a b",
                " ",
                "a\tb",
                "a\nb",
                "a\0",
                "a\u00a0",
                "a\u2028",
                "a\u200b",
                "\ufeff",
                "a\\b",
                "a%2Fb",
                "a+b",
                "a|b",
                "\"",
                "'",
                "<a",
                "(a)",
                "a\u2024b",
                "\uff0e",
                "\ud83d\ude00",
                "\ud800",
                "a\u007f",
                "\u202ea"
            })
    void aValueThatIsMoreThanAWordHasNoRule(String value) {
        assertNotMapped("/q/" + value);
        assertNotMapped("/k/" + value);
        assertNotMapped("/r/" + value);
        assertNotMapped("/r/a/" + value);
        assertNotMapped("/r/" + value + ".a");
        assertNotMapped("/kr/" + value);
        assertNotMapped("/t/" + value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.b", "a/b"})
    void aVariableIsOneWord(String value) {
        assertNotMapped("/q/" + value);
        assertNotMapped("/k/" + value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "a.b", "a/b", "a.b/c-d.e@f", "größe/東京"})
    void aRestIsWordsWithOneSeparatorBetweenEachTwoAndStaysAsItIs(String value) {
        assertThat(mappings.route(SEND, "/r/" + value, Rules.ANN).toString())
                .contains("queue=R." + value + ",");
    }

    @Test
    void aRestMayHaveTwoHundredCharactersInAll() {
        assertThat(mappings.route(SEND, "/r/" + "x.".repeat(99) + "yz", Rules.ANN))
                .isInstanceOf(Route.Found.class);
        assertNotMapped("/r/" + "x.".repeat(99) + "xyz");
    }

    @Test
    void aRestThatKafkaWouldRefuseHasNoRule() {
        assertThat(mappings.route(SEND, "/kr/a.b", Rules.ANN)).isInstanceOf(Route.Found.class);
        assertNotMapped("/kr/a/b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a.b", "*", "#", "a/b", "a::b", "a b", "{$user}", "a,b", "\n"})
    void aClaimThatIsMoreThanAWordHasNoRule(String tenant) {
        Identity client = new Identity("ann", Set.of(), false, Map.of("tenant", tenant));

        assertThat(mappings.route(SEND, "/t/inbox", client))
                .isEqualTo(new Route.NotMapped("/t/inbox"));
        assertThat(mappings.explain(SEND, "/t/inbox", client).reason())
                .startsWith("the client's claim 'tenant' goes into the target but is empty, too");
    }

    @Test
    void aClientWithoutTheClaimHasNoRuleAndWithItOnlyItsOwn() {
        assertNotMapped("/t/inbox");
        assertThat(mappings.route(SEND, "/t/inbox", Identity.ANONYMOUS))
                .isInstanceOf(Route.Denied.class);
        assertThat(
                        mappings.route(
                                        SEND,
                                        "/t/globex.inbox",
                                        new Identity(
                                                "ann", Set.of(), false, Map.of("tenant", "acme")))
                                .toString())
                .contains("queue=T.acme.globex.inbox,");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "A-1_b", "ann@desk", "EUR=X", "~1", "größe", "東京"})
    void aWordIsTaken(String value) {
        assertThat(mappings.route(SEND, "/q/" + value, Rules.ANN).toString())
                .contains("queue=Q." + value + ",");
    }

    @Test
    void aValueMayHaveTwoHundredCharacters() {
        assertThat(mappings.route(SEND, "/q/" + "x".repeat(200), Rules.ANN))
                .isInstanceOf(Route.Found.class);
        assertNotMapped("/q/" + "x".repeat(201));
    }

    @ParameterizedTest
    @ValueSource(strings = {"größe", "EUR=X", "a@b", "a~b"})
    void aTopicThatKafkaWouldRefuseHasNoRule(String value) {
        assertNotMapped("/k/" + value);
        assertThat(mappings.explain(SEND, "/k/" + value, Rules.ANN).reason())
                .isEqualTo("'%s' is not a name that a Kafka topic may have here".formatted(value));
    }

    @Test
    void aTopicMayHave249Characters() {
        assertThat(mappings.route(SEND, "/long/" + "x".repeat(197), Rules.ANN))
                .isInstanceOf(Route.Found.class);
        assertNotMapped("/long/" + "x".repeat(198));
    }

    @Test
    void kafkasOwnTopicsAreOutOfReachUnlessTheRuleMeansThem() {
        assertNotMapped("/k/__consumer_offsets");
        assertThat(mappings.route(SEND, "/k/_mine", Rules.ANN)).isInstanceOf(Route.Found.class);
        assertThat(mappings.route(SEND, "/own/__x", Rules.ANN)).isInstanceOf(Route.Found.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a.b", "ann.inbox", "*", "#", "a/b", "a::b", "a b", "{$user}"})
    void aUserWhoseNameIsMoreThanAWordHasNoRule(String name) {
        Identity user = new Identity(name, Set.of(), false);

        assertThat(mappings.route(SEND, "/u/inbox", user))
                .isEqualTo(new Route.NotMapped("/u/inbox"));
        assertThat(mappings.explain(SEND, "/u/inbox", user).reason())
                .startsWith("the client's name goes into the target but is empty, too long or");
    }

    @Test
    void aDestinationOfManySegmentsIsLookedAtOnce() {
        assertNotMapped("/q" + "/a".repeat(100_000));
        assertNotMapped("/".repeat(100_000));
        assertNotMapped("/q/" + "-".repeat(1_000_000));
        assertNotMapped("/r" + "/a".repeat(100_000));
    }

    private void assertNotMapped(String destination) {
        assertThat(mappings.route(SEND, destination, Rules.ANN))
                .isEqualTo(new Route.NotMapped(destination));
    }
}
