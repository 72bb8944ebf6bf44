package footbridge.session;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import footbridge.access.AccessDenied;
import footbridge.access.Audit;
import footbridge.access.Identity;
import footbridge.backend.Backend;
import footbridge.backend.Message;
import footbridge.mapping.Mappings;
import footbridge.mapping.file.RuleFolder;
import footbridge.stomp.AckMode;
import footbridge.stomp.ClientFrame;
import footbridge.stomp.Headers;
import footbridge.stomp.HeartBeat;
import footbridge.stomp.ServerFrame;
import footbridge.stomp.Version;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a rule says of headers, messages and limits, and what becomes of a client when it says
/// something else.
final class RuleTermsTest {

    private static final Identity ANN =
            new Identity("ann", Set.of("trader"), false, Map.of("tenant", "acme"));

    private static final String RULES =
            """
            rules:
              - destination: "/queue/told.{kind}"
                to: { jms: artemis, queue: told }
                allow: [anonymous]
                headers:
                  send:
                    set: { JMSXUserID: "{$user}", x-of: "{kind} of {$claim.tenant}" }
                    rename: { corr: correlation-id }
                    drop: [x-debug]
                  message:
                    set: { kind: "{kind}", to: "{$user}" }
                    rename: { x-sku: sku }
                    drop: [x-inside]
                message: { type: text, persistent: false, priority: 7, time-to-live: 30s, fixed: [priority, time-to-live] }
              - destination: /queue/plain
                to: { jms: artemis, queue: plain }
                message: { type: bytes }
                limits: { body: 4, sends-per-second: 5, subscriptions: 2 }
              - destination: /topic/news
                to: { jms: artemis, topic: news }
            """;

    @TempDir private Path folder;
    private Mappings rules;
    private Session session;

    @BeforeEach
    void connect() throws Exception {
        load(RULES);
        session = connected(ANN);
    }

    @Test
    void theRulesHeadersCannotBeSetByTheClient() {
        Message message =
                sent("/queue/told.a", "hi", "JMSXUserID", "root", "x-of", "y", "x-mine", "z");

        assertThat(message.headers())
                .containsEntry("JMSXUserID", "ann")
                .containsEntry("x-of", "a of acme")
                .containsEntry("x-mine", "z");
        assertThat(message.vouchesFor("JMSXUserID")).isTrue();
        assertThat(message.vouchesFor("x-mine")).isFalse();
    }

    @Test
    void whatIsNotKnownOfTheClientIsLeftOutAndNotItsOwnToSay() {
        session = connected(Identity.ANONYMOUS);

        assertThat(sent("/queue/told.a", "hi", "JMSXUserID", "root", "x-of", "y").headers())
                .doesNotContainKeys("JMSXUserID", "x-of");
    }

    @Test
    void headersOfTheClientAreRenamedAndDropped() {
        assertThat(
                        sent(
                                        "/queue/told.a",
                                        "hi",
                                        "correlation-id",
                                        "b",
                                        "corr",
                                        "c",
                                        "x-debug",
                                        "1")
                                .headers())
                .containsEntry("correlation-id", "c")
                .doesNotContainKeys("corr", "x-debug");
    }

    @Test
    void theRuleSpeaksWhereTheClientIsSilentAndAlwaysWhereItIsFixed() {
        assertThat(sent("/queue/told.a", "hi").headers())
                .containsEntry("persistent", "false")
                .containsEntry("priority", "7")
                .containsEntry("expiration", "30000");
        assertThat(
                        sent(
                                        "/queue/told.a",
                                        "hi",
                                        "persistent",
                                        "true",
                                        "priority",
                                        "1",
                                        "expires",
                                        "9")
                                .headers())
                .containsEntry("persistent", "true")
                .containsEntry("priority", "7")
                .containsEntry("expiration", "30000")
                .doesNotContainKey("expires");
    }

    @Test
    void theRuleChoosesTheKindOfMessage() {
        assertThat(sent("/queue/told.a", "hi", "content-length", "2").text()).isTrue();
        assertThat(sent("/queue/plain", "hi", "content-type", "text/plain").text()).isFalse();
        assertThat(error(session.on(send("/queue/told.a", new byte[] {-1}))))
                .isEqualTo("body-not-text");
    }

    @Test
    void subscribersSeeTheHeadersOfTheRule() {
        SessionAction.Look look = subscribed("/queue/told.b").look();

        assertThat(look.added()).containsOnly(Map.entry("kind", "b"), Map.entry("to", "ann"));
        assertThat(
                        look.headers()
                                .orElseThrow()
                                .apply(Map.of("x-sku", "1", "kind", "forged", "x-inside", "2")))
                .containsOnly(Map.entry("sku", "1"));
        assertThat(subscribed("/topic/news").look().headers()).isEmpty();
    }

    @Test
    void oneWayOfChangingHeadersIsSharedByAllClientsOfARule() {
        assertThat(subscribed("/queue/told.b").look().headers())
                .isEqualTo(subscribed("/queue/told.c").look().headers());
    }

    @Test
    void aBodyOverTheRulesLimitIsRefused() {
        assertThat(session.on(send("/queue/plain", new byte[4]))).hasSize(2);
        assertThat(error(session.on(send("/queue/plain", new byte[5]))))
                .isEqualTo("body-too-large");
    }

    @Test
    void sendsOfARuleWithARateAreCounted() {
        assertThat(session.on(send("/queue/plain", new byte[1])).getFirst())
                .isEqualTo(new SessionAction.Pace("/queue/plain", 5));
        assertThat(session.on(send("/queue/told.a", new byte[1]))).hasSize(1);
    }

    @Test
    void subscriptionsOfARuleHaveALimit() {
        subscribed("/queue/plain");
        subscribed("/queue/plain");
        subscribed("/topic/news");

        assertThat(error(session.on(subscribe("/queue/plain"))))
                .isEqualTo("too-many-subscriptions");
    }

    @Test
    void aRuleThatSaysTheSameIsNotNoticed() throws Exception {
        subscribed("/topic/news");
        subscribed("/queue/told.a");
        subscribed("/queue/plain");

        // Other lines, another rule, and others who may: nothing of it matters to ann.
        load(
                RULES.replace(
                                "rules:",
                                "rules:\n  - { destination: /a, to: { jms: artemis, queue: a } }")
                        .replace("topic: news }", "topic: news }\n    allow: [trader]")
                        .replace("body: 4", "body: 9"));

        assertThat(session.rulesChanged(false)).isEmpty();
        assertThat(session.on(send("/queue/plain", new byte[9]))).hasSize(2);
    }

    /// At once what the client has lost, in its turn what is only otherwise.
    @Test
    void aSubscriptionWhoseRuleChangedEndsTheSessionAndSaysSo() throws Exception {
        for (String[] change :
                List.of(
                        new String[] {"topic: news }", "topic: news }\n    allow: [desk]"},
                        new String[] {"topic: news }", "topic: news }\n    subscribe: none"},
                        new String[] {"/topic/news", "/topic/olds"})) {
            changed(change);

            assertThat(error(session.rulesChanged(false))).as(change[1]).isEqualTo("rule-changed");
        }
        for (String[] change :
                List.of(
                        new String[] {"topic: news", "topic: olds"},
                        new String[] {"jms: artemis, topic: news", "jms: artemis, queue: news"},
                        new String[] {
                            "topic: news }", "topic: news }\n    subscribe: { prefetch: 7 }"
                        },
                        new String[] {
                            "topic: news }",
                            "topic: news }\n    headers: { message: { drop: [x] } }"
                        })) {
            changed(change);

            assertThat(session.rulesChanged(false))
                    .as(change[1])
                    .containsExactly(new SessionAction.EndInTurn());
            assertThat(error(session.rulesChanged(true))).as(change[1]).isEqualTo("rule-changed");
        }
    }

    @Test
    void aChangeThatIsTakenBackInTimeEndsNobody() throws Exception {
        changed("topic: news", "topic: olds");
        assertThat(session.rulesChanged(false)).containsExactly(new SessionAction.EndInTurn());

        load(RULES);

        assertThat(session.rulesChanged(true)).isEmpty();
    }

    private void changed(String... change) throws Exception {
        load(RULES);
        session = connected(ANN);
        subscribed("/topic/news");
        assertThat(session.rulesChanged(false)).isEmpty();
        load(RULES.replace(change[0], change[1]));
    }

    @Test
    void sendsGoByTheNewRules() throws Exception {
        load(RULES.replace("queue: told", "queue: elsewhere"));

        assertThat(session.on(send("/queue/told.a", new byte[1])).getFirst().toString())
                .contains("queue=elsewhere");
    }

    private void load(String yaml) throws Exception {
        Files.writeString(folder.resolve("rules.yaml"), yaml);
        rules = RuleFolder.load(folder, Map.of("artemis", Backend.Kind.JMS));
    }

    private Session connected(Identity client) {
        var settings =
                new SessionSettings(
                        "test",
                        HeartBeat.NONE,
                        100,
                        TransactionLimits.DEFAULTS,
                        AnswerLimits.DEFAULTS);
        Session opened =
                new Sessions(
                                settings,
                                () -> rules,
                                _ -> {
                                    throw new AccessDenied("not asked here");
                                },
                                Audit.NONE)
                        .open(
                                "s",
                                new Caller("tcp", "10.0.0.1", Optional.empty(), Optional.empty()));
        opened.on(
                new ClientFrame.Connect(
                        Optional.of(Version.V1_2),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        HeartBeat.NONE,
                        Headers.of()));
        opened.answered(new Login.Answer.Known(client));
        return opened;
    }

    private Message sent(String destination, String body, String... headers) {
        return session.on(send(destination, body.getBytes(UTF_8), headers)).stream()
                .filter(SessionAction.Send.class::isInstance)
                .map(action -> ((SessionAction.Send) action).message())
                .findFirst()
                .orElseThrow();
    }

    private static ClientFrame send(String destination, byte[] body, String... headers) {
        return new ClientFrame.Send(
                destination,
                Optional.empty(),
                Optional.empty(),
                Headers.of(headers),
                ByteBuffer.wrap(body));
    }

    private int subscriptions;

    private SessionAction.Subscribe subscribed(String destination) {
        return (SessionAction.Subscribe) session.on(subscribe(destination)).getFirst();
    }

    private ClientFrame subscribe(String destination) {
        return new ClientFrame.Subscribe(
                Optional.of("s" + subscriptions++),
                destination,
                AckMode.AUTO,
                Optional.empty(),
                Headers.of());
    }

    private static String error(List<SessionAction> actions) {
        return ((ServerFrame.Error) ((SessionAction.Reply) actions.getFirst()).frame()).code();
    }
}
