package footbridge.session;

import static org.assertj.core.api.Assertions.assertThat;

import footbridge.access.Audit;
import footbridge.access.Identity;
import footbridge.access.Proven;
import footbridge.backend.Backend;
import footbridge.backend.SubscribeOptions;
import footbridge.backend.Target;
import footbridge.backend.Target.Creation;
import footbridge.backend.Target.JmsQueue;
import footbridge.backend.Target.JmsTemporaryQueue;
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

/// What `reply-to` means in each direction.
class AnswersTest {

    private static final String RULES =
            """
            rules:
              - destination: /queue/{name}
                to: { jms: artemis, queue: "{name}" }
              - destination: /queue/read
                to: { jms: artemis, queue: only.read }
                send: none
              - destination: /queue/vault
                to: { jms: artemis, queue: the.vault }
                allow: [admin]
              - destination: /other/{name}
                to: { jms: other, queue: "{name}" }
              - destination: /queue/once
                to: { jms: artemis, queue: once }
                send: { exactly-once: true }
              - destination: /topic/log
                to: { kafka: kafka, topic: log }
            """;

    private static final Target FOO = new JmsTemporaryQueue("artemis", "foo", true);

    @TempDir Path folder;

    private Session session;

    @BeforeEach
    void connect() throws Exception {
        Files.writeString(folder.resolve("rules.yaml"), RULES);
        Mappings mappings =
                RuleFolder.load(
                        folder,
                        Map.of(
                                "artemis", Backend.Kind.JMS,
                                "other", Backend.Kind.JMS,
                                "kafka", Backend.Kind.KAFKA));
        var ann = new Identity("ann", Set.of(), false);
        session =
                new Sessions(
                                new SessionSettings(
                                        "test",
                                        HeartBeat.NONE,
                                        4,
                                        TransactionLimits.DEFAULTS,
                                        new AnswerLimits(2, 2)),
                                () -> mappings,
                                _ -> new Proven(ann),
                                Audit.NONE)
                        .open(
                                "s",
                                new Caller("tcp", "10.0.0.1", Optional.empty(), Optional.empty()));
        session.on(
                new ClientFrame.Connect(
                        Optional.of(Version.V1_2),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        HeartBeat.NONE,
                        Headers.EMPTY));
        session.answered(new Login.Answer.Known(ann));
    }

    @Test
    void theFirstQuestionBringsTheSubscriptionForItsAnswers() {
        List<SessionAction> actions = ask("/queue/a", "/temp-queue/foo");

        assertThat(actions).hasSize(2);
        assertThat(actions.getFirst())
                .isEqualTo(
                        new SessionAction.Subscribe(
                                "id /temp-queue/foo",
                                Optional.of("/temp-queue/foo"),
                                "/temp-queue/foo",
                                FOO,
                                SubscribeOptions.automatic(100),
                                SessionAction.Look.plain(false),
                                Optional.of("r")));
        assertThat(replyTo(actions)).contains(FOO);
        assertThat(ask("/queue/b", "/temp-queue/foo")).hasSize(1);
    }

    @Test
    void newRulesAreNotAboutTemporaryQueues() {
        ask("/queue/a", "/temp-queue/foo");

        assertThat(session.rulesChanged(false)).isEmpty();
    }

    @Test
    void aSubscriptionThatCameBeforeWaitsForTheQueue() {
        assertThat(subscribe("mine", "/temp-queue/foo", AckMode.CLIENT_INDIVIDUAL))
                .containsExactly(receipt());

        List<SessionAction> actions = ask("/queue/a", "/temp-queue/foo");

        var request = (SessionAction.Subscribe) actions.getFirst();
        assertThat(request.key()).isEqualTo("id mine");
        assertThat(request.target()).isEqualTo(FOO);
        assertThat(request.look().withAck()).isTrue();
        assertThat(actions).hasSize(2);
    }

    @Test
    void aSubscriptionThatComesAfterTakesThePlaceOfTheAutomaticOne() {
        ask("/queue/a", "/temp-queue/foo");

        List<SessionAction> actions = subscribe("mine", "/temp-queue/foo", AckMode.AUTO);

        assertThat(actions).hasSize(3);
        assertThat(actions.getFirst())
                .isEqualTo(new SessionAction.Unsubscribe("id /temp-queue/foo", false));
        assertThat(((SessionAction.Subscribe) actions.get(1)).key()).isEqualTo("id mine");
        assertThat(ask("/queue/a", "/temp-queue/foo")).hasSize(1);
    }

    @Test
    void onlyOneSubscriptionReadsATemporaryQueue() {
        subscribe("mine", "/temp-queue/foo", AckMode.AUTO);

        assertError(
                subscribe("again", "/temp-queue/foo", AckMode.AUTO), ErrorCode.SUBSCRIPTION_IN_USE);
    }

    @Test
    void afterUnsubscribeTheNextQuestionSubscribesAgain() {
        subscribe("mine", "/temp-queue/foo", AckMode.AUTO);
        session.on(
                new ClientFrame.Unsubscribe(
                        Optional.of("mine"), Optional.empty(), Optional.empty(), Headers.of()));

        assertThat(ask("/queue/a", "/temp-queue/foo")).hasSize(2);
    }

    @Test
    void aTransactedQuestionSubscribesAtOnce() {
        session.on(new ClientFrame.Begin("t", Optional.empty()));

        assertThat(
                        session.on(
                                new ClientFrame.Send(
                                        "/queue/a",
                                        Optional.of("t"),
                                        Optional.of("r"),
                                        Headers.of("reply-to", "/temp-queue/foo"),
                                        ByteBuffer.allocate(0))))
                .hasSize(2)
                .first()
                .isInstanceOf(SessionAction.Subscribe.class);
    }

    @Test
    void temporaryQueuesAreBounded() {
        ask("/queue/a", "/temp-queue/1");
        ask("/queue/a", "/temp-queue/2");

        assertError(ask("/queue/a", "/temp-queue/3"), ErrorCode.TOO_MANY_TEMPORARY_QUEUES);
    }

    @Test
    void aTemporaryQueueIsAtOneBroker() {
        ask("/queue/a", "/temp-queue/foo");

        assertError(ask("/other/a", "/temp-queue/foo"), ErrorCode.INVALID_HEADER);
    }

    @Test
    void kafkaHasNoTemporaryQueues() {
        assertError(ask("/topic/log", "/temp-queue/foo"), ErrorCode.UNSUPPORTED);
    }

    @Test
    void onKafkaAReplyToIsAHeaderLikeOthers() {
        var send = (SessionAction.Send) ask("/topic/log", "anything").getFirst();

        assertThat(send.message().headers()).containsEntry("reply-to", "anything");
    }

    @Test
    void aRuleMayDemandADuplicateId() {
        var send = (SessionAction.Send) send("/queue/once", "duplicate-id", "1").getFirst();

        assertThat(send.message().headers()).containsEntry("duplicate-id", "1");
        assertError(send("/queue/once"), ErrorCode.MISSING_HEADER);
    }

    @Test
    void kafkaDoesNotKnowRepetitions() {
        assertError(send("/topic/log", "duplicate-id", "1"), ErrorCode.UNSUPPORTED);
    }

    @Test
    void nobodySendsToATemporaryQueueByItsName() {
        assertError(ask("/temp-queue/foo", "/queue/a"), ErrorCode.NO_SUCH_DESTINATION);
    }

    @Test
    void aReplyToIsWhereItsRuleLeads() {
        List<SessionAction> actions = ask("/queue/a", "/queue/b");

        assertThat(replyTo(actions)).contains(queue("b"));
        assertThat(((SessionAction.Send) actions.getFirst()).message().headers())
                .doesNotContainKey("reply-to");
    }

    @Test
    void aReplyToMayBeAPlaceWhereTheClientOnlyReads() {
        assertThat(replyTo(ask("/queue/a", "/queue/read"))).contains(queue("only.read"));
    }

    @Test
    void aReplyToMustBeAPlaceThatTheClientMayUse() {
        assertError(ask("/queue/a", "/queue/vault"), ErrorCode.ACCESS_DENIED);
    }

    @Test
    void aReplyToMustExist() {
        assertError(ask("/queue/a", "/nowhere"), ErrorCode.NO_SUCH_DESTINATION);
    }

    @Test
    void aReplyToMustBeAtTheSameBroker() {
        assertError(ask("/queue/a", "/other/b"), ErrorCode.INVALID_HEADER);
    }

    @Test
    void whoeverAskedGetsADestinationOnThisConnection() {
        Target first = new JmsTemporaryQueue("artemis", "temporary-1", false);
        Target second = new JmsTemporaryQueue("artemis", "temporary-2", false);

        String shown = session.shownReplyTo(first).orElseThrow();

        assertThat(shown).startsWith("/reply-queue/").doesNotContain("temporary");
        assertThat(session.shownReplyTo(first)).contains(shown);
        assertThat(session.shownReplyTo(second).orElseThrow()).isNotEqualTo(shown);
        assertThat(((SessionAction.Send) send(shown).getFirst()).target()).isEqualTo(first);
        assertThat(replyTo(ask("/queue/a", shown))).contains(first);
    }

    @Test
    void whoeverAskedLongAgoIsForgotten() {
        String oldest = session.shownReplyTo(asker(1)).orElseThrow();
        String used = session.shownReplyTo(asker(2)).orElseThrow();
        session.shownReplyTo(asker(3));

        assertThat(send(used)).first().isInstanceOf(SessionAction.Send.class);
        assertError(send(oldest), ErrorCode.NO_SUCH_DESTINATION);
    }

    @Test
    void whatNoRuleReachesIsNotShown() {
        assertThat(session.shownReplyTo(queue("b"))).contains("/queue/b");
        assertThat(session.shownReplyTo(queue("the.vault"))).isEmpty();
        assertThat(session.shownReplyTo(queue("only.read"))).isEmpty();
        assertThat(session.shownReplyTo(queue("a.b"))).isEmpty();
    }

    private static Target asker(int number) {
        return new JmsTemporaryQueue("artemis", "t" + number, false);
    }

    private static Target queue(String name) {
        return new JmsQueue("artemis", name, Creation.NEVER);
    }

    private List<SessionAction> ask(String destination, String replyTo) {
        return send(destination, "reply-to", replyTo);
    }

    private List<SessionAction> send(String destination, String... headers) {
        return session.on(
                new ClientFrame.Send(
                        destination,
                        Optional.empty(),
                        Optional.of("r"),
                        Headers.of(headers),
                        ByteBuffer.allocate(0)));
    }

    private List<SessionAction> subscribe(String id, String destination, AckMode ackMode) {
        return session.on(
                new ClientFrame.Subscribe(
                        Optional.of(id), destination, ackMode, Optional.of("r"), Headers.EMPTY));
    }

    private static Optional<Target> replyTo(List<SessionAction> actions) {
        return ((SessionAction.Send) actions.getLast()).message().replyTo();
    }

    private static SessionAction receipt() {
        return new SessionAction.Reply(new ServerFrame.Receipt("r", Map.of()));
    }

    private static void assertError(List<SessionAction> actions, ErrorCode code) {
        assertThat(actions).hasSize(2);
        assertThat(actions.getLast())
                .isEqualTo(new SessionAction.Close(CloseReason.error(code.code())));
    }
}
