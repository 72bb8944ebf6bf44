package footbridge.session;

import static org.assertj.core.api.Assertions.assertThat;

import footbridge.access.Audit;
import footbridge.access.Authenticator;
import footbridge.access.Identity;
import footbridge.access.Proven;
import footbridge.backend.Backend;
import footbridge.backend.Selection;
import footbridge.backend.Selection.Durable;
import footbridge.mapping.Mappings;
import footbridge.mapping.file.RuleFolder;
import footbridge.stomp.AckMode;
import footbridge.stomp.ClientFrame;
import footbridge.stomp.Headers;
import footbridge.stomp.HeartBeat;
import footbridge.stomp.ServerFrame;
import footbridge.stomp.Version;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What SUBSCRIBE and UNSUBSCRIBE can want on JMS beside messages: selectors, no-local, browsing,
/// durable subscriptions.
class JmsSelectionTest {

    private static final Authenticator NOBODY_ASKED = _ -> new Proven(Identity.ANONYMOUS);

    private static final String RULES =
            """
            defaults: { allow: [anonymous] }
            rules:
              - { destination: /queue/orders, to: { jms: artemis, queue: orders } }
              - { destination: /topic/news, to: { jms: artemis, topic: news } }
              - { destination: /topic/log, to: { kafka: kafka, topic: log } }
            """;

    @TempDir Path folder;

    private Sessions sessions;

    @BeforeEach
    void loadRules() throws Exception {
        Files.writeString(folder.resolve("rules.yaml"), RULES);
        Mappings mappings =
                RuleFolder.load(
                        folder, Map.of("artemis", Backend.Kind.JMS, "kafka", Backend.Kind.KAFKA));
        sessions =
                new Sessions(
                        new SessionSettings(
                                "test",
                                HeartBeat.NONE,
                                10,
                                TransactionLimits.DEFAULTS,
                                AnswerLimits.DEFAULTS),
                        () -> mappings,
                        NOBODY_ASKED,
                        Audit.NONE);
    }

    @ParameterizedTest
    @CsvSource({
        "durable-subscription-name, n, ann/pc, n",
        "durable-subscriber-name, n, ann/pc, n",
        "activemq.subscriptionName, n, ann/pc, n",
        "durable, true, ann/pc, 7",
        "persistent, true, ann/pc, 7",
        "durable-subscription-name, a::b/c*, ann/pc, a%3A%3Ab%2Fc%2A"
    })
    void everyBrokersSpellingNamesADurableSubscription(
            String header, String value, String client, String name) {
        Session session = connected(user("ann"), Optional.of("pc"));

        assertThat(selection(subscribe(session, "/topic/news", header, value)).durable())
                .contains(new Durable(client, name));
    }

    @ParameterizedTest
    @CsvSource({
        "ann, pc, ann/pc",
        "ann, , ann/",
        "ann/pc, x, ann%2Fpc/x",
        "ann, pc/x, ann/pc%2Fx",
        "o'neil, a.b, o%27neil/a.b",
        "100%, ü, 100%25/%C3%BC",
        "ann@example.org, pc, ann@example.org/pc"
    })
    void noUserCanNameWhatIsAnothers(String user, String clientId, String client) {
        Session session = connected(user(user), Optional.ofNullable(clientId));

        var actions = subscribe(session, "/topic/news", "durable-subscription-name", "n");

        assertThat(selection(actions).durable()).contains(new Durable(client, "n"));
    }

    @Test
    void anAnonymousClientHasNoDurableSubscription() {
        Session session = connected(Identity.ANONYMOUS, Optional.of("ann/pc"));

        assertError(
                subscribe(session, "/topic/news", "durable-subscription-name", "n"),
                "access-denied");
    }

    @Test
    void rabbitsQueueThatIsDeletedWithItsConsumerIsNotDurable() {
        Session session = connected(user("ann"), Optional.empty());

        var actions = subscribe(session, "/topic/news", "durable", "true", "auto-delete", "true");

        assertThat(selection(actions)).isEqualTo(Selection.ALL);
    }

    @Test
    void selectorNoLocalAndBrowserAreHandedOn() {
        Session session = connected(user("ann"), Optional.empty());

        assertThat(
                        selection(
                                subscribe(
                                        session,
                                        "/topic/news",
                                        "selector",
                                        "a = 1",
                                        "no-local",
                                        "true",
                                        "browser",
                                        "false")))
                .isEqualTo(new Selection(Optional.of("a = 1"), true, false, Optional.empty()));
        assertThat(
                        selection(subscribeAs(session, "8", "/queue/orders", "browser", "true"))
                                .browse())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "/topic/log, selector, a = 1, unsupported",
        "/topic/log, no-local, true, unsupported",
        "/topic/log, durable-subscription-name, n, unsupported",
        "/topic/log, browser, true, unsupported",
        "/queue/orders, no-local, true, unsupported",
        "/queue/orders, activemq.noLocal, true, unsupported",
        "/queue/orders, activemq.subscriptionName, n, unsupported",
        "/topic/news, browser, true, unsupported",
        "/topic/news, no-local, maybe, invalid-header",
        "/topic/news, durable, 1, invalid-header",
        "/queue/orders, browser, yes, invalid-header",
        "/topic/news, durable-subscription-name, '', invalid-header"
    })
    void whatTheTargetCannotDoIsRefused_S9(
            String destination, String header, String value, String code) {
        Session session = connected(user("ann"), Optional.of("pc"));

        assertError(subscribe(session, destination, header, value), code);
    }

    @Test
    void browsingIsNotSettled() {
        Session session = connected(user("ann"), Optional.empty());

        var actions =
                session.on(
                        new ClientFrame.Subscribe(
                                Optional.of("0"),
                                "/queue/orders",
                                AckMode.CLIENT,
                                Optional.empty(),
                                Headers.of("browser", "true")));

        assertError(actions, "unsupported");
    }

    @Test
    void noLocalOfADurableSubscriptionNeedsAClientThatIsKnownAgain() {
        Session session = connected(user("ann"), Optional.empty());

        assertError(
                subscribe(
                        session,
                        "/topic/news",
                        "durable-subscription-name",
                        "n",
                        "no-local",
                        "true"),
                "invalid-header");
    }

    @Test
    void aClientMarksItsMessagesAlikeOnEachConnection() {
        assertThat(connected(user("ann"), Optional.of("pc")).mark()).isEqualTo("ann/pc");
        assertThat(connected(user("ann"), Optional.empty()).mark()).isEqualTo("s-1");
        assertThat(connected(Identity.ANONYMOUS, Optional.of("ann/pc")).mark()).isEqualTo("s-1");
    }

    @Test
    void unsubscribeWithTheNameDeletesAndWithoutItKeeps() {
        Session session = connected(user("ann"), Optional.of("pc"));
        subscribeAs(session, "1", "/topic/news", "durable-subscription-name", "a");
        subscribeAs(session, "2", "/topic/news", "activemq.subscriptionName", "b");
        subscribeAs(session, "3", "/topic/news", "durable", "true");

        assertThat(unsubscribe(session, "1", Headers.of()))
                .containsExactly(new SessionAction.Unsubscribe("id 1", false));
        assertThat(unsubscribe(session, "2", Headers.of("durable-subscription-name", "b")))
                .containsExactly(new SessionAction.Unsubscribe("id 2", true));
        assertThat(unsubscribe(session, "3", Headers.of("durable", "true")))
                .containsExactly(new SessionAction.Unsubscribe("id 3", true));
    }

    @Test
    void whatIsNotSubscribedToIsDeletedByItsName() {
        Session session = connected(user("ann"), Optional.of("pc"));
        subscribeAs(session, "1", "/topic/news", "durable-subscription-name", "a");
        unsubscribe(session, "1", Headers.of());

        assertThat(unsubscribe(session, "1", Headers.of("durable-subscription-name", "a")))
                .containsExactly(
                        new SessionAction.DeleteDurable("artemis", new Durable("ann/pc", "a")));
        assertThat(
                        unsubscribe(
                                connected(user("ann"), Optional.of("pc")),
                                "1",
                                Headers.of("durable-subscription-name", "a"),
                                "/topic/news"))
                .containsExactly(
                        new SessionAction.DeleteDurable("artemis", new Durable("ann/pc", "a")));
    }

    @Test
    void anUnsubscribeThatNamesAnotherOneOrNoneIsRefused() {
        Session session = connected(user("ann"), Optional.of("pc"));
        subscribeAs(session, "1", "/topic/news", "durable-subscription-name", "a");

        assertError(
                unsubscribe(session, "1", Headers.of("durable-subscription-name", "b")),
                "invalid-header");
        assertError(
                unsubscribe(
                        connected(user("ann"), Optional.empty()),
                        "1",
                        Headers.of("durable-subscription-name", "a")),
                "unknown-subscription");
    }

    private static Identity user(String name) {
        return new Identity(name, Set.of(), false);
    }

    private Session connected(Identity who, Optional<String> clientId) {
        Session session =
                sessions.open(
                        "s-1", new Caller("tcp", "10.0.0.1", Optional.empty(), Optional.empty()));
        session.on(
                new ClientFrame.Connect(
                        Optional.of(Version.V1_2),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        HeartBeat.NONE,
                        clientId.map(id -> Headers.of("client-id", id)).orElse(Headers.of())));
        session.answered(new Login.Answer.Known(who));
        return session;
    }

    private static List<SessionAction> subscribe(
            Session session, String destination, String... headers) {
        return subscribeAs(session, "7", destination, headers);
    }

    private static List<SessionAction> subscribeAs(
            Session session, String id, String destination, String... headers) {
        return session.on(
                new ClientFrame.Subscribe(
                        Optional.of(id),
                        destination,
                        AckMode.AUTO,
                        Optional.empty(),
                        Headers.of(headers)));
    }

    private static List<SessionAction> unsubscribe(
            Session session, String id, Headers headers, String... destination) {
        return session.on(
                new ClientFrame.Unsubscribe(
                        Optional.of(id),
                        Optional.ofNullable(destination.length == 0 ? null : destination[0]),
                        Optional.empty(),
                        headers));
    }

    private static Selection selection(List<SessionAction> actions) {
        return ((SessionAction.Subscribe) actions.getFirst()).options().selection();
    }

    private static void assertError(List<SessionAction> actions, String code) {
        assertThat(actions.getFirst())
                .isInstanceOfSatisfying(
                        SessionAction.Reply.class,
                        reply ->
                                assertThat(((ServerFrame.Error) reply.frame()).code())
                                        .isEqualTo(code));
    }
}
