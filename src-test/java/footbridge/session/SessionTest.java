package footbridge.session;

import static org.assertj.core.api.Assertions.assertThat;

import footbridge.access.AccessDenied;
import footbridge.access.Attempt;
import footbridge.access.Audit;
import footbridge.access.Authenticator;
import footbridge.access.Credentials;
import footbridge.access.Identity;
import footbridge.backend.Backend;
import footbridge.backend.BackendFailure;
import footbridge.backend.SlowReader;
import footbridge.backend.SubscribeOptions;
import footbridge.backend.Target;
import footbridge.mapping.Mappings;
import footbridge.mapping.file.RuleFolder;
import footbridge.stomp.AckMode;
import footbridge.stomp.ClientFrame;
import footbridge.stomp.Headers;
import footbridge.stomp.HeartBeat;
import footbridge.stomp.ServerFrame;
import footbridge.stomp.Version;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The rules of STOMP-RULES C, N, B, S, U, R, D and X, as far as they are the session's.
class SessionTest {

    private static final Identity TRADER = new Identity("ann", Set.of("trader"), false);

    /// Its answers come from the tests.
    private static final Authenticator NOBODY_ASKED =
            _ -> {
                throw new AccessDenied("not asked here");
            };

    private static final String RULES =
            """
            rules:
              - destination: /queue/orders
                to: { jms: artemis, queue: orders }
                allow: [trader]
              - destination: /topic/news
                to: { jms: artemis, topic: news }
                send: none
              - destination: /queue/vault
                to: { jms: artemis, queue: vault }
                allow: [admin]
              - destination: /topic/log
                to: { kafka: kafka, topic: log }
            """;

    private static final Target ORDERS =
            new Target.JmsQueue("artemis", "orders", Target.Creation.NEVER);

    private static final Caller CALLER =
            new Caller("tcp", "10.0.0.1", Optional.empty(), Optional.empty());

    @TempDir Path folder;

    private Session session;

    @BeforeEach
    void loadRules() throws Exception {
        Files.writeString(folder.resolve("rules.yaml"), RULES);
        Mappings mappings =
                RuleFolder.load(
                        folder, Map.of("artemis", Backend.Kind.JMS, "kafka", Backend.Kind.KAFKA));
        session =
                new Sessions(
                                new SessionSettings(
                                        "footbridge/test",
                                        new HeartBeat(10_000, 5_000),
                                        3,
                                        TransactionLimits.DEFAULTS,
                                        AnswerLimits.DEFAULTS),
                                () -> mappings,
                                NOBODY_ASKED,
                                Audit.NONE)
                        .open("s-1", CALLER);
    }

    @Test
    void connectAsksWhoTheClientIsBeforeItIsAnswered() {
        var actions = session.on(connect(Version.V1_2, HeartBeat.NONE, Optional.of("ann")));

        assertThat(actions)
                .containsExactly(
                        new SessionAction.Authenticate(
                                new Login(
                                        NOBODY_ASKED,
                                        new Attempt(
                                                "tcp",
                                                "10.0.0.1",
                                                Optional.of(
                                                        new Credentials.Passcode(
                                                                "ann", "secret"))))));
    }

    @Test
    void connectedNamesVersionSessionAndUser_C1_C7_C8() {
        session.on(connect(Version.V1_1, HeartBeat.NONE, Optional.of("ann")));

        assertThat(session.answered(new Login.Answer.Known(TRADER)))
                .contains(
                        new SessionAction.Reply(
                                new ServerFrame.Connected(
                                        Version.V1_1,
                                        "s-1",
                                        "footbridge/test",
                                        new HeartBeat(10_000, 5_000),
                                        Optional.of("ann"))));
    }

    @Test
    void eachDirectionBeatsAtTheSlowerWish_B3_B4() {
        session.on(connect(Version.V1_2, new HeartBeat(8_000, 1_000), Optional.empty()));

        assertThat(session.answered(new Login.Answer.Known(TRADER)))
                .contains(new SessionAction.KeepAlive(new HeartBeat(10_000, 8_000)));
    }

    @Test
    void oneSideWithoutHeartBeatMeansNone_B1_B8() {
        session.on(connect(Version.V1_2, new HeartBeat(0, 1_000), Optional.empty()));

        assertThat(session.answered(new Login.Answer.Known(TRADER)))
                .contains(new SessionAction.KeepAlive(new HeartBeat(10_000, 0)));
    }

    @Test
    void version10HasNoHeartBeat_B9() {
        session.on(connect(Version.V1_0, new HeartBeat(1_000, 1_000), Optional.empty()));

        assertThat(session.answered(new Login.Answer.Known(TRADER)))
                .contains(new SessionAction.KeepAlive(HeartBeat.NONE));
    }

    @Test
    void noVersionInCommonIsAnErrorThatListsOurs_N4() {
        var actions =
                session.on(
                        new ClientFrame.Connect(
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                HeartBeat.NONE,
                                Headers.of()));

        assertThat(error(actions).headers()).containsEntry("version", "1.0,1.1,1.2");
        assertClosedAfterError(actions, "unsupported-version");
    }

    @Test
    void nothingButConnectMayComeFirst_C10() {
        assertClosedAfterError(session.on(send("/queue/orders", "r-1")), "not-connected");
    }

    @Test
    void secondConnectEndsTheSession_C11() {
        connected();

        assertClosedAfterError(
                session.on(connect(Version.V1_2, HeartBeat.NONE, Optional.empty())),
                "already-connected");
    }

    @Test
    void wrongPasscodeEndsTheSession_C2() {
        session.on(connect(Version.V1_2, HeartBeat.NONE, Optional.of("ann")));

        assertClosedAfterError(
                session.answered(new Login.Answer.Refused(ErrorCode.LOGIN_REFUSED, "no")),
                "login-refused");
    }

    @Test
    void receiptOfSendWaitsForTheBroker_R3() {
        connected();

        var actions = session.on(send("/queue/orders", "r-1"));
        assertThat(actions).hasSize(1).first().isInstanceOf(SessionAction.Send.class);
        assertThat(session.openSends()).isEqualTo(1);

        assertThat(session.sendConfirmed(Optional.of("r-1"))).containsExactly(receipt("r-1"));
        assertThat(session.openSends()).isZero();
    }

    @Test
    void messageKeepsUserHeadersAndLosesThoseOfTheProtocol_M5() {
        connected();
        var frame =
                new ClientFrame.Send(
                        "/queue/orders",
                        Optional.empty(),
                        Optional.of("r-1"),
                        Headers.of(
                                "destination", "/queue/orders",
                                "receipt", "r-1",
                                "message-id", "forged",
                                "timestamp", "forged",
                                "region", "north",
                                "content-type", "text/plain"),
                        utf8("hi"));

        var sent = (SessionAction.Send) session.on(frame).getFirst();

        assertThat(sent.target()).isEqualTo(ORDERS);
        assertThat(sent.message().headers())
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("region", "north", "content-type", "text/plain"));
        assertThat(sent.message().text()).isTrue();
    }

    @Test
    void bodyWithLengthAndNoTextualTypeIsBytes() {
        connected();
        var frame =
                new ClientFrame.Send(
                        "/queue/orders",
                        Optional.empty(),
                        Optional.empty(),
                        Headers.of("destination", "/queue/orders", "content-length", "2"),
                        utf8("hi"));

        var sent = (SessionAction.Send) session.on(frame).getFirst();

        assertThat(sent.message().text()).isFalse();
    }

    @Test
    void destinationWithoutRuleIsAnErrorThatNamesIt_X5() {
        connected();

        var actions = session.on(send("/queue/nowhere", "r-1"));

        assertClosedAfterError(actions, "no-such-destination");
        assertThat(error(actions).body()).contains("/queue/nowhere");
        assertThat(error(actions).receiptId()).contains("r-1");
    }

    @Test
    void ruleThatTakesNoSendSaysSo() {
        connected();

        assertClosedAfterError(session.on(send("/topic/news", "r-1")), "access-denied");
    }

    @Test
    void clientWithoutTheRoleIsRefused() {
        connected();

        assertClosedAfterError(session.on(send("/queue/vault", "r-1")), "access-denied");
    }

    @Test
    void receiptFollowsTheSubscriptionItConfirms_R1() {
        connected();

        assertThat(session.on(subscribe("0", "/queue/orders", Headers.of())))
                .containsExactly(
                        new SessionAction.Subscribe(
                                "id 0",
                                Optional.of("0"),
                                "/queue/orders",
                                ORDERS,
                                SubscribeOptions.automatic(100).with(SlowReader.PAUSE),
                                new SessionAction.Look(false, Map.of(), Optional.empty()),
                                Optional.of("r-0")),
                        new SessionAction.Subscribed("id 0", "r-0"));
    }

    @Test
    void clientMayChooseItsPrefetch() {
        connected();

        var actions =
                session.on(subscribe("0", "/queue/orders", Headers.of("prefetch-count", "7")));

        assertThat(((SessionAction.Subscribe) actions.getFirst()).options().prefetch())
                .isEqualTo(7);
    }

    @Test
    void prefetchThatIsNoneIsRefused() {
        connected();

        assertClosedAfterError(
                session.on(subscribe("0", "/queue/orders", Headers.of("prefetch-count", "-1"))),
                "invalid-header");
    }

    @Test
    void subscriptionIdInUseIsRefused_S5() {
        connected();
        session.on(subscribe("0", "/queue/orders", Headers.of()));

        assertClosedAfterError(
                session.on(subscribe("0", "/topic/log", Headers.of())), "subscription-in-use");
    }

    @Test
    void subscriptionIdIsFreeAgainAfterUnsubscribe_S5() {
        connected();
        session.on(subscribe("0", "/queue/orders", Headers.of()));
        session.on(unsubscribe("0"));

        assertThat(session.on(subscribe("0", "/topic/log", Headers.of()))).hasSize(2);
    }

    @Test
    void moreSubscriptionsThanAllowedAreRefused_L6() {
        connected();
        for (String id : List.of("0", "1", "2")) {
            assertThat(session.on(subscribe(id, "/queue/orders", Headers.of()))).hasSize(2);
        }

        assertClosedAfterError(
                session.on(subscribe("3", "/queue/orders", Headers.of())),
                "too-many-subscriptions");
    }

    @Test
    void selectorIsRefusedRatherThanIgnored_S9() {
        connected();

        assertClosedAfterError(
                session.on(subscribe("0", "/topic/log", Headers.of("selector", "a = 1"))),
                "unsupported");
    }

    @Test
    void unsubscribeEndsDeliveryBeforeItsReceipt_U1() {
        connected();
        session.on(subscribe("0", "/queue/orders", Headers.of()));

        assertThat(session.on(unsubscribe("0")))
                .containsExactly(new SessionAction.Unsubscribe("id 0", false), receipt("r-u"));
    }

    @Test
    void version10UnsubscribesByDestination_U2() {
        connected();
        session.on(
                new ClientFrame.Subscribe(
                        Optional.empty(),
                        "/queue/orders",
                        AckMode.AUTO,
                        Optional.empty(),
                        Headers.of()));

        assertThat(
                        session.on(
                                new ClientFrame.Unsubscribe(
                                        Optional.empty(),
                                        Optional.of("/queue/orders"),
                                        Optional.empty(),
                                        Headers.of())))
                .containsExactly(new SessionAction.Unsubscribe("destination /queue/orders", false));
    }

    @Test
    void unknownSubscriptionIsAnError_U3() {
        connected();

        assertClosedAfterError(session.on(unsubscribe("9")), "unknown-subscription");
    }

    @Test
    void disconnectIsAnsweredAndClosed_D1() {
        connected();

        assertThat(session.on(new ClientFrame.Disconnect(Optional.of("bye"))))
                .containsExactly(
                        new SessionAction.Release(),
                        receipt("bye"),
                        new SessionAction.Close(CloseReason.DISCONNECT));
    }

    @Test
    void receiptOfDisconnectWaitsForOpenSends_R4() {
        connected();
        session.on(send("/queue/orders", "r-1"));

        assertThat(session.on(new ClientFrame.Disconnect(Optional.of("bye")))).isEmpty();

        assertThat(session.sendConfirmed(Optional.of("r-1")))
                .containsExactly(
                        receipt("r-1"),
                        new SessionAction.Release(),
                        receipt("bye"),
                        new SessionAction.Close(CloseReason.DISCONNECT));
    }

    @Test
    void framesBehindDisconnectAreIgnored_D4() {
        connected();
        session.on(send("/queue/orders", "r-1"));
        session.on(new ClientFrame.Disconnect(Optional.of("bye")));

        assertThat(session.on(send("/queue/orders", "r-2"))).isEmpty();
    }

    @Test
    void aClientWithoutOpenSendsIsSentAwayAtOnceAndToldWhenToComeBack() {
        connected();

        assertThat(session.shutDown(Duration.ofMillis(3_700)))
                .containsExactly(
                        new SessionAction.Close(
                                new CloseReason(
                                        1012,
                                        "shutting-down",
                                        "shutting-down retry-after=3700ms")));
    }

    @Test
    void whoIsSentAwayGetsItsOpenReceiptsAndNothingNewIsBegun() {
        connected();
        session.on(send("/queue/orders", "r-1"));

        assertThat(session.shutDown(Duration.ZERO)).isEmpty();
        assertThat(session.on(send("/queue/orders", "r-2"))).isEmpty();
        assertThat(session.sendConfirmed(Optional.of("r-1")))
                .containsExactly(
                        receipt("r-1"),
                        new SessionAction.Release(),
                        new SessionAction.Close(CloseReason.restart(Duration.ZERO)));
    }

    @Test
    void whoIsSentAwayNowWaitsForNothing() {
        connected();
        session.on(send("/queue/orders", "r-1"));
        session.shutDown(Duration.ZERO);

        assertThat(session.shutDownNow(Duration.ZERO))
                .containsExactly(new SessionAction.Close(CloseReason.restart(Duration.ZERO)));
    }

    @Test
    void brokerFailureIsAnErrorWithTheReceiptOfItsFrame_X3() {
        connected();
        session.on(send("/queue/orders", "r-1"));
        var failure = new BackendFailure(BackendFailure.Kind.UNAVAILABLE, "The broker is away.");

        var actions = session.failed(failure, Optional.of("r-1"));

        assertClosedAfterError(actions, "backend-unavailable");
        assertThat(error(actions).receiptId()).contains("r-1");
    }

    @Test
    void nothingFollowsAnError_X1() {
        connected();
        session.on(send("/queue/nowhere", "r-1"));

        assertThat(session.on(send("/queue/orders", "r-2"))).isEmpty();
        assertThat(session.silent()).isEmpty();
        assertThat(session.sendConfirmed(Optional.of("r-0"))).isEmpty();
    }

    @Test
    void timeToConnectEndsOnlyWhoHasNotConnected() {
        assertClosedAfterError(session.connectTimeout(), "connect-timeout");
    }

    @Test
    void timeToConnectDoesNotTouchAConnectedClient() {
        connected();

        assertThat(session.connectTimeout()).isEmpty();
    }

    private void connected() {
        session.on(connect(Version.V1_2, HeartBeat.NONE, Optional.of("ann")));
        session.answered(new Login.Answer.Known(TRADER));
    }

    private static ClientFrame connect(
            Version version, HeartBeat heartBeat, Optional<String> login) {
        return new ClientFrame.Connect(
                Optional.of(version),
                Optional.of("localhost"),
                login,
                login.map(_ -> "secret"),
                heartBeat,
                Headers.of());
    }

    private static ClientFrame send(String destination, String receipt) {
        return new ClientFrame.Send(
                destination, Optional.empty(), Optional.of(receipt), Headers.of(), utf8("hi"));
    }

    private static ClientFrame subscribe(String id, String destination, Headers headers) {
        return new ClientFrame.Subscribe(
                Optional.of(id), destination, AckMode.AUTO, Optional.of("r-" + id), headers);
    }

    private static ClientFrame unsubscribe(String id) {
        return new ClientFrame.Unsubscribe(
                Optional.of(id), Optional.empty(), Optional.of("r-u"), Headers.of());
    }

    private static SessionAction receipt(String id) {
        return new SessionAction.Reply(new ServerFrame.Receipt(id, Map.of()));
    }

    private static ServerFrame.Error error(List<SessionAction> actions) {
        return (ServerFrame.Error) ((SessionAction.Reply) actions.getFirst()).frame();
    }

    private static void assertClosedAfterError(List<SessionAction> actions, String code) {
        assertThat(actions).hasSize(2);
        assertThat(error(actions).code()).isEqualTo(code);
        assertThat(actions.getLast()).isEqualTo(new SessionAction.Close(CloseReason.error(code)));
    }

    private static ByteBuffer utf8(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }
}
