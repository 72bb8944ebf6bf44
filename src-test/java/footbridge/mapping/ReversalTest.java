package footbridge.mapping;

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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// From a queue or topic back to the destination that leads there.
final class ReversalTest {

    private static final Identity BOB = new Identity("bob", Set.of("desk"), false);

    private Mappings mappings;

    @BeforeEach
    void load(@TempDir Path folder) throws Exception {
        mappings =
                Rules.load(
                        folder,
                        """
                        rules:
                          - destination: /queue/orders.{region}
                            to: { jms: artemis, queue: "ORDERS.{region}.IN" }
                          - destination: /queue/orders.test
                            to: { jms: artemis, queue: sandbox }
                          - destination: /queue/{a}/{b}
                            to: { jms: artemis, queue: "{b}.{a}" }
                          - destination: /queue/fixed
                            to: { jms: artemis, queue: FIXED }
                          - destination: /queue/lost/{x}/y
                            to: { jms: artemis, queue: LOST }
                          - destination: /queue/read-only
                            to: { jms: artemis, queue: READ }
                            send: none
                          - destination: /queue/admin
                            to: { jms: artemis, queue: ADMIN }
                            allow: [admin]
                          - destination: /user/{name}
                            to: { jms: artemis, queue: "USER.{$user}.{name}" }
                          - destination: /queue/app/{rest...}
                            to: { jms: artemis, queue: "APP.{rest...}" }
                          - destination: /topic/news
                            to: { jms: artemis, topic: NEWS }
                        """);
    }

    @ParameterizedTest
    @CsvSource({
        "FIXED, /queue/fixed",
        "ORDERS.eu.IN, /queue/orders.eu",
        "two.one, /queue/one/two",
        "USER.bob.inbox, /user/inbox",
        "APP.a.b, /queue/app/a.b"
    })
    void aQueueIsFoundByItsName(String queue, String destination) {
        assertThat(destinationOf(queue)).contains(destination);
    }

    @ParameterizedTest
    @CsvSource({
        "OTHER", // no rule
        "ORDERS.test.IN", // a more specific rule answers for that destination
        "ORDERS.a.b.IN", // no variable holds a dot
        "USER.eve.inbox", // somebody else's
        "LOST", // any of many destinations
        "READ",
        "ADMIN",
        "NEWS", // a topic
        "''"
    })
    void whatThisClientCannotReachHasNoDestination(String queue) {
        assertThat(destinationOf(queue)).isEmpty();
    }

    @Test
    void aTopicIsFoundToo() {
        assertThat(
                        mappings.destinationOf(
                                new Target.JmsTopic("artemis", "NEWS", Creation.NEVER), BOB))
                .contains("/topic/news");
    }

    @Test
    void anotherBrokersQueueIsNotTheSame() {
        assertThat(
                        mappings.destinationOf(
                                new Target.JmsQueue("other", "FIXED", Creation.NEVER), BOB))
                .isEmpty();
    }

    private Optional<String> destinationOf(String queue) {
        return mappings.destinationOf(new Target.JmsQueue("artemis", queue, Creation.NEVER), BOB);
    }
}
