package footbridge.mapping;

import static footbridge.mapping.Operation.SEND;
import static footbridge.mapping.Operation.SUBSCRIBE;
import static org.assertj.core.api.Assertions.assertThat;

import footbridge.access.Identity;
import footbridge.backend.Target;
import footbridge.backend.Target.Creation;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Where a destination leads, for whom.
final class RouteTest {

    private static final Identity GUEST = Identity.ANONYMOUS;
    private static final Identity BOB = new Identity("bob", Set.of("desk"), false);

    private Mappings mappings;

    @BeforeEach
    void load(@TempDir Path folder) throws Exception {
        mappings =
                Rules.load(
                        folder,
                        """
                        defaults:
                          allow: { send: [trader] }
                          create: auto
                        rules:
                          - destination: /queue/orders.{region}
                            to: { jms: artemis, queue: "ORDERS.{region}" }
                          - destination: /topic/news
                            to: { jms: artemis, topic: NEWS }
                            allow: [anonymous]
                            create: never
                            send: none
                          - destination: /topic/ticks/{venue}/{symbol}
                            to: { kafka: kafka, topic: "ticks.{venue}", key: "{symbol}" }
                            subscribe: { prefetch: 500 }
                          - destination: /topic/audit
                            to: { kafka: kafka, topic: audit }
                            subscribe: none
                          - destination: /user/{name}
                            to: { jms: artemis, queue: "USER.{$user}.{name}" }
                            allow: [anonymous]
                        """);
    }

    @Test
    void variablesAreFilledIn() {
        assertThat(target(SEND, "/queue/orders.eu"))
                .isEqualTo(new Target.JmsQueue("artemis", "ORDERS.eu", Creation.AUTO));
        assertThat(target(SUBSCRIBE, "/topic/ticks/xetra/SAP"))
                .isEqualTo(
                        new Target.KafkaTopic(
                                "kafka", "ticks.xetra", Optional.of("SAP"), Creation.AUTO));
        assertThat(target(SEND, "/topic/audit"))
                .isEqualTo(
                        new Target.KafkaTopic("kafka", "audit", Optional.empty(), Creation.AUTO));
        assertThat(target(SUBSCRIBE, "/topic/news"))
                .isEqualTo(new Target.JmsTopic("artemis", "NEWS", Creation.NEVER));
    }

    @Test
    void aDestinationWithoutARuleDoesNotExist() {
        for (String destination :
                new String[] {
                    "", "/", "queue/orders.eu", "/queue", "/queue/orders", "/topic/news/x"
                }) {
            assertThat(mappings.route(SEND, destination, Rules.ANN))
                    .isEqualTo(new Route.NotMapped(destination));
        }
    }

    @Test
    void anOperationThatIsNoneIsClosedToEveryone() {
        Rule news = mappings.rules().get(1);
        Rule audit = mappings.rules().get(3);

        assertThat(mappings.route(SEND, "/topic/news", Rules.ANN))
                .isEqualTo(new Route.Closed(news, SEND));
        assertThat(mappings.route(SUBSCRIBE, "/topic/audit", Rules.ANN))
                .isEqualTo(new Route.Closed(audit, SUBSCRIBE));
    }

    @Test
    void allowIsForEachOperationAndNotGivenMeansLoggedIn() {
        Rule orders = mappings.rules().getFirst();

        assertThat(mappings.route(SEND, "/queue/orders.eu", BOB))
                .isEqualTo(new Route.Denied(orders, SEND));
        assertThat(mappings.route(SUBSCRIBE, "/queue/orders.eu", BOB))
                .isInstanceOf(Route.Found.class);
        assertThat(mappings.route(SUBSCRIBE, "/queue/orders.eu", GUEST))
                .isEqualTo(new Route.Denied(orders, SUBSCRIBE));
        assertThat(mappings.route(SUBSCRIBE, "/topic/news", GUEST)).isInstanceOf(Route.Found.class);
    }

    @Test
    void theUsersNameComesFromTheIdentity() {
        assertThat(mappings.route(SEND, "/user/inbox", BOB))
                .isInstanceOfSatisfying(
                        Route.Found.class,
                        found ->
                                assertThat(found.target())
                                        .isEqualTo(
                                                new Target.JmsQueue(
                                                        "artemis",
                                                        "USER.bob.inbox",
                                                        Creation.AUTO)));
    }

    @Test
    void aRuleForTheUsersNameAdmitsNoAnonymousClientWhateverItsAllowSays() {
        Rule user = mappings.rules().getLast();

        assertThat(mappings.route(SEND, "/user/inbox", GUEST))
                .isEqualTo(new Route.Denied(user, SEND));
    }

    @Test
    void prefetchIsTheRulesOrOneHundred() {
        assertThat(mappings.rules())
                .extracting(rule -> rule.delivery().prefetch())
                .containsExactly(100, 100, 500, 100, 100);
    }

    @Test
    void nackIsTheRulesOrTheFilesOrRedeliverAndNotForKafka(@TempDir Path folder) throws Exception {
        String rules =
                """
                rules:
                  - { destination: /a, to: { jms: artemis, queue: a } }
                  - { destination: /b, to: { jms: artemis, topic: b }, subscribe: { nack: discard } }
                  - { destination: /c, to: { kafka: kafka, topic: c } }
                """;
        String defaults = "defaults: { subscribe: { nack: dead-letter } }\n";

        assertThat(Rules.load(folder, rules).rules())
                .extracting(rule -> rule.delivery().nack())
                .containsExactly(Nack.REDELIVER, Nack.DISCARD, Nack.REDELIVER);
        assertThat(Rules.load(folder, defaults + rules).rules())
                .extracting(rule -> rule.delivery().nack())
                .containsExactly(Nack.DEAD_LETTER, Nack.DISCARD, Nack.REDELIVER);
    }

    private Target target(Operation operation, String destination) {
        return ((Route.Found) mappings.route(operation, destination, Rules.ANN)).target();
    }
}
