package footbridge.session;

import static org.assertj.core.api.Assertions.assertThat;

import footbridge.access.Audit;
import footbridge.access.Identity;
import footbridge.access.Proven;
import footbridge.backend.Acknowledgement;
import footbridge.backend.Backend;
import footbridge.backend.Delivery;
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

/// The rules of STOMP-RULES K and T: acknowledgement and transactions.
class SettlementTest {

    private static final String RULES =
            """
            rules:
              - destination: /queue/{name}
                to: { jms: artemis, queue: "{name}" }
              - destination: /queue/discarding
                to: { jms: artemis, queue: discarding }
                subscribe: { nack: discard }
              - destination: /other/{name}
                to: { jms: other, queue: "{name}" }
              - destination: /portable/{name}
                to: { jms: portable, queue: "{name}" }
              - destination: /topic/log
                to: { kafka: kafka, topic: log }
              - destination: /queue/shared
                to: { kafka: kafka, topic: log, share-group: g }
              - destination: /queue/ordered
                to: { kafka: kafka, topic: log, group: g }
              - destination: /queue/ordered-dead
                to: { kafka: kafka, topic: log, group: g }
                subscribe: { dead-letter: dlq.log }
              - destination: /queue/ordered-gone
                to: { kafka: kafka, topic: log, group: g }
                subscribe: { nack: discard }
            """;

    @TempDir Path folder;

    private Session session;
    private int delivered;

    @BeforeEach
    void connect() throws Exception {
        delivered = 0;
        Files.writeString(folder.resolve("rules.yaml"), RULES);
        Mappings mappings =
                RuleFolder.load(
                        folder,
                        Map.of(
                                "artemis", Backend.Kind.JMS,
                                "other", Backend.Kind.JMS,
                                "portable", Backend.Kind.JMS,
                                "kafka", Backend.Kind.KAFKA));
        var limits = new TransactionLimits(2, 3, 100, Set.of("portable"));
        var ann = new Identity("ann", Set.of(), false);
        session =
                new Sessions(
                                new SessionSettings(
                                        "test", HeartBeat.NONE, 10, limits, AnswerLimits.DEFAULTS),
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
    void individualAckCoversOneMessage_K4() {
        subscribe("a", "/queue/a", AckMode.CLIENT_INDIVIDUAL);
        deliver("a", 3);

        assertThat(settled(ack("s-2"))).containsExactly("2 ACKNOWLEDGED");
        assertThat(settled(ack("s-1"))).containsExactly("1 ACKNOWLEDGED");
    }

    @Test
    void cumulativeAckCoversWhatCameBeforeInItsSubscriptionOnly_K3() {
        subscribe("a", "/queue/a", AckMode.CLIENT);
        subscribe("b", "/queue/b", AckMode.CLIENT);
        deliver("a", 2);
        deliver("b", 2);
        deliver("a", 1);

        assertThat(settled(ack("s-5")))
                .containsExactly("1 ACKNOWLEDGED", "2 ACKNOWLEDGED", "5 ACKNOWLEDGED");
        assertThat(settled(ack("s-3"))).containsExactly("3 ACKNOWLEDGED");
    }

    @Test
    void cumulativeNackCoversWhatCameBefore_K7() {
        subscribe("a", "/queue/a", AckMode.CLIENT);
        deliver("a", 3);

        assertThat(settled(nack("s-2"))).containsExactly("1 REDELIVER", "2 REDELIVER");
    }

    @Test
    void nackWithoutRequeueGoesToTheDeadLetters() {
        subscribe("a", "/queue/a", AckMode.CLIENT_INDIVIDUAL);
        deliver("a", 1);

        assertThat(settled(nack("s-1", "requeue", "false"))).containsExactly("1 DEAD_LETTER");
    }

    @Test
    void theRuleSaysWhatBecomesOfARefusedMessage_K7() {
        subscribe("a", "/queue/discarding", AckMode.CLIENT_INDIVIDUAL);
        deliver("a", 1);

        assertThat(settled(nack("s-1"))).containsExactly("1 DISCARD");
    }

    @Test
    void aMessageIsSettledOnce_K6() {
        subscribe("a", "/queue/a", AckMode.CLIENT_INDIVIDUAL);
        deliver("a", 1);
        ack("s-1");

        assertError(ack("s-1"), "unknown-message");
    }

    @Test
    void idsOfOthersAndNonsenseAreRefused_12() {
        for (String id : List.of("s-9", "t-1", "s-", "s-x", "1", "s-99999999999999999999")) {
            assertThat(fresh(id)).isEmpty();
        }
    }

    @Test
    void anAutoMessageIsNotTheClientsToSettle_K6() {
        subscribe("a", "/queue/a", AckMode.AUTO);
        session.delivered("id a", delivery(), Acknowledgement.AUTOMATIC);

        assertError(ack("s-1"), "unknown-message");
    }

    @Test
    void theSubscriptionOfAnAckMustBeItsMessages_K5() {
        subscribe("a", "/queue/a", AckMode.CLIENT_INDIVIDUAL);
        deliver("a", 1);

        var ack = new ClientFrame.Ack("s-1", Optional.of("b"), Optional.empty(), Optional.empty());

        assertError(session.on(ack), "unknown-message");
    }

    @Test
    void unsubscribeGivesTheMessagesBack_30() {
        subscribe("a", "/queue/a", AckMode.CLIENT_INDIVIDUAL);
        deliver("a", 1);
        session.on(
                new ClientFrame.Unsubscribe(
                        Optional.of("a"), Optional.empty(), Optional.empty(), Headers.of()));

        assertError(ack("s-1"), "unknown-message");
    }

    @Test
    void receiptOfAckWaitsForTheBroker_R3() {
        subscribe("a", "/queue/a", AckMode.CLIENT_INDIVIDUAL);
        deliver("a", 1);
        var ack = new ClientFrame.Ack("s-1", Optional.empty(), Optional.empty(), Optional.of("r"));

        assertThat(session.on(ack)).hasSize(1).first().isInstanceOf(SessionAction.Settle.class);
        assertThat(session.on(new ClientFrame.Disconnect(Optional.of("bye")))).isEmpty();
        assertThat(session.settled(List.of("r")))
                .containsExactly(
                        receipt("r"),
                        new SessionAction.Release(),
                        receipt("bye"),
                        new SessionAction.Close(CloseReason.DISCONNECT));
    }

    @Test
    void aTransactionTakesEffectAtCommit_T1() {
        subscribe("a", "/queue/a", AckMode.CLIENT_INDIVIDUAL);
        deliver("a", 2);
        begin("t");
        assertThat(send("/queue/out", "t")).isEmpty();
        assertThat(ack("s-1", "t")).isEmpty();

        var commit = (SessionAction.Commit) commit("t").getFirst();

        assertThat(commit.backend()).isEqualTo("artemis");
        assertThat(commit.sends()).hasSize(1);
        assertThat(commit.settled()).hasSize(1);
        assertThat(session.openSends()).isZero();
        assertThat(settled(ack("s-2"))).containsExactly("2 ACKNOWLEDGED");
    }

    @Test
    void receiptOfSendInATransactionComesAtOnce_16() {
        begin("t");
        var send =
                new ClientFrame.Send(
                        "/queue/out",
                        Optional.of("t"),
                        Optional.of("r"),
                        Headers.EMPTY,
                        ByteBuffer.allocate(1));

        assertThat(session.on(send)).containsExactly(receipt("r"));
    }

    @Test
    void abortLeavesMessagesHeld_T1() {
        subscribe("a", "/queue/a", AckMode.CLIENT_INDIVIDUAL);
        deliver("a", 1);
        begin("t");
        ack("s-1", "t");

        assertThat(session.on(new ClientFrame.Abort("t", Optional.empty()))).isEmpty();

        assertThat(settled(ack("s-1"))).containsExactly("1 ACKNOWLEDGED");
    }

    @Test
    void whatATransactionWillSettleIsNotSettledBesides_T5() {
        subscribe("a", "/queue/a", AckMode.CLIENT);
        deliver("a", 2);
        begin("t");
        ack("s-1", "t");

        assertThat(settled(ack("s-2"))).containsExactly("2 ACKNOWLEDGED");
    }

    @Test
    void transactionsOfOneNameFollowEachOther_T2() {
        begin("t");
        commit("t");
        begin("t");

        assertError(session.on(new ClientFrame.Begin("t", Optional.empty())), "transaction-in-use");
    }

    @Test
    void anUnknownTransactionIsAnError_17() {
        assertError(send("/queue/out", "none"), "unknown-transaction");
    }

    @Test
    void noTransactionSpansTwoBrokers() {
        begin("t");
        send("/queue/out", "t");

        assertError(send("/other/out", "t"), "transaction-spans-backends");
    }

    @Test
    void aBrokerWithSingleAcksRefusesTheSecondAtItsFrame() {
        subscribe("a", "/portable/a", AckMode.CLIENT_INDIVIDUAL);
        deliver("a", 2);
        begin("t");
        assertThat(send("/portable/out", "t")).isEmpty();
        assertThat(ack("s-1", "t")).isEmpty();

        assertError(ack("s-2", "t"), "unsupported");
    }

    @Test
    void aBrokerWithSingleAcksRefusesACumulativeOneOfTwoAndANack() throws Exception {
        subscribe("a", "/portable/a", AckMode.CLIENT);
        deliver("a", 2);
        begin("t");
        assertError(ack("s-2", "t"), "unsupported");

        connect();
        subscribe("a", "/portable/a", AckMode.CLIENT);
        deliver("a", 1);
        begin("t");
        var nack =
                new ClientFrame.Nack(
                        "s-1", Optional.empty(), Optional.of("t"), Optional.empty(), Headers.EMPTY);
        assertError(session.on(nack), "unsupported");
    }

    @Test
    void moreTransactionsThanAllowedAreRefused_L6() {
        begin("t");
        begin("u");

        assertError(
                session.on(new ClientFrame.Begin("v", Optional.empty())), "too-many-transactions");
    }

    @Test
    void moreFramesThanATransactionHoldsAreRefused() {
        begin("t");
        for (int i = 0; i < 3; i++) {
            assertThat(send("/queue/out", "t")).isEmpty();
        }

        assertError(send("/queue/out", "t"), "transaction-too-large");
    }

    @Test
    void moreOctetsThanATransactionHoldsAreRefused() {
        begin("t");
        var send =
                new ClientFrame.Send(
                        "/queue/out",
                        Optional.of("t"),
                        Optional.empty(),
                        Headers.EMPTY,
                        ByteBuffer.allocate(101));

        assertError(session.on(send), "transaction-too-large");
    }

    @Test
    void aTransactionOnKafkaIsCommittedThere() {
        begin("t");

        assertThat(send("/topic/log", "t")).isEmpty();
        assertThat(commit("t"))
                .first()
                .isInstanceOfSatisfying(
                        SessionAction.Commit.class,
                        commit -> assertThat(commit.backend()).isEqualTo("kafka"));
    }

    @Test
    void anAckOfAShareGroupInATransactionIsRefusedAtItsFrame() {
        subscribe("a", "/queue/shared", AckMode.CLIENT_INDIVIDUAL);
        deliver("a", 1);
        begin("t");

        assertError(ack("s-1", "t"), "unsupported");
    }

    @Test
    void aConsumerGroupAcknowledgesCumulativelyOrNotAtAll() {
        subscribe("a", "/queue/ordered", AckMode.CLIENT);
        deliver("a", 3);

        assertThat(settled(ack("s-2"))).containsExactly("1 ACKNOWLEDGED", "2 ACKNOWLEDGED");
        assertError(
                session.on(subscribeFrame("b", "/queue/ordered", AckMode.CLIENT_INDIVIDUAL)),
                "unsupported");
    }

    @Test
    void aNackOfAConsumerGroupNeedsAPlaceForWhatIsRefused_K7() {
        subscribe("a", "/queue/ordered-dead", AckMode.CLIENT);
        deliver("a", 2);
        assertThat(settled(nack("s-2"))).containsExactly("1 DEAD_LETTER", "2 DEAD_LETTER");
        subscribe("b", "/queue/ordered-gone", AckMode.CLIENT);
        deliver("b", 1);
        assertThat(settled(nack("s-3"))).containsExactly("3 DISCARD");
        subscribe("c", "/queue/ordered", AckMode.CLIENT);
        deliver("c", 1);

        assertError(nack("s-4"), "unsupported");
    }

    @Test
    void aNackWithoutRequeueOfAConsumerGroupNeedsThatPlaceToo() {
        subscribe("a", "/queue/ordered-gone", AckMode.CLIENT);
        deliver("a", 1);

        assertError(nack("s-1", "requeue", "false"), "unsupported");
    }

    @Test
    void aNackWithADelayIsRefusedWhereThereIsNone() {
        subscribe("a", "/queue/shared", AckMode.CLIENT_INDIVIDUAL);
        deliver("a", 1);

        assertError(nack("s-1", "AMQ_SCHEDULED_DELAY", "1000"), "unsupported");
    }

    @Test
    void aCumulativeAckOfAShareGroupSettlesEachUpToIt_K3() {
        subscribe("a", "/queue/shared", AckMode.CLIENT);
        deliver("a", 3);

        assertThat(settled(ack("s-2"))).containsExactly("1 ACKNOWLEDGED", "2 ACKNOWLEDGED");
    }

    @Test
    void aConsumerGroupTakesAcksButNoNackInATransaction() {
        subscribe("a", "/queue/ordered-dead", AckMode.CLIENT);
        deliver("a", 2);
        begin("t");
        assertThat(ack("s-1", "t")).isEmpty();
        assertThat(commit("t"))
                .first()
                .isInstanceOfSatisfying(
                        SessionAction.Commit.class,
                        commit -> assertThat(commit.settled()).hasSize(1));
        begin("u");

        assertError(
                session.on(
                        new ClientFrame.Nack(
                                "s-2",
                                Optional.empty(),
                                Optional.of("u"),
                                Optional.empty(),
                                Headers.EMPTY)),
                "unsupported");
    }

    @Test
    void anAckOfABroadcastGivesCreditForEachMessageItCovers() {
        subscribe("a", "/topic/log", AckMode.CLIENT);
        deliver("a", 2);

        SessionAction.Settle settle = (SessionAction.Settle) ack("s-2").getFirst();

        assertThat(settle.settled()).hasSize(2);
    }

    @Test
    void aNackOfABroadcastIsRefusedAtItsFrame() {
        subscribe("a", "/topic/log", AckMode.CLIENT_INDIVIDUAL);
        deliver("a", 1);

        assertError(nack("s-1"), "unsupported");
    }

    @Test
    void anAckOfABroadcastInATransactionIsRefusedAtItsFrame() {
        subscribe("a", "/topic/log", AckMode.CLIENT);
        deliver("a", 1);
        begin("t");

        assertError(ack("s-1", "t"), "unsupported");
    }

    private Optional<SessionAction.Settle> fresh(String id) {
        try {
            connect();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
        subscribe("a", "/queue/a", AckMode.CLIENT_INDIVIDUAL);
        deliver("a", 1);
        return ack(id).stream()
                .filter(SessionAction.Settle.class::isInstance)
                .map(SessionAction.Settle.class::cast)
                .findFirst();
    }

    private void subscribe(String id, String destination, AckMode ackMode) {
        assertThat(session.on(subscribeFrame(id, destination, ackMode))).hasSize(1);
    }

    private static ClientFrame subscribeFrame(String id, String destination, AckMode ackMode) {
        return new ClientFrame.Subscribe(
                Optional.of(id), destination, ackMode, Optional.empty(), Headers.EMPTY);
    }

    private void deliver(String id, int messages) {
        for (int i = 0; i < messages; i++) {
            session.delivered("id " + id, delivery(), Acknowledgement.BY_CLIENT);
            delivered++;
        }
    }

    /// Tagged with its number within the connection.
    private Delivery delivery() {
        return new Delivery(new Message(Map.of(), ByteBuffer.allocate(0), true), delivered + 1L);
    }

    private List<SessionAction> ack(String id) {
        return session.on(
                new ClientFrame.Ack(id, Optional.empty(), Optional.empty(), Optional.empty()));
    }

    private List<SessionAction> ack(String id, String transaction) {
        return session.on(
                new ClientFrame.Ack(
                        id, Optional.empty(), Optional.of(transaction), Optional.empty()));
    }

    private List<SessionAction> nack(String id, String... headers) {
        return session.on(
                new ClientFrame.Nack(
                        id,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Headers.of(headers)));
    }

    private List<SessionAction> send(String destination, String transaction) {
        return session.on(
                new ClientFrame.Send(
                        destination,
                        Optional.of(transaction),
                        Optional.empty(),
                        Headers.EMPTY,
                        ByteBuffer.allocate(1)));
    }

    private void begin(String transaction) {
        assertThat(session.on(new ClientFrame.Begin(transaction, Optional.empty()))).isEmpty();
    }

    private List<SessionAction> commit(String transaction) {
        return session.on(new ClientFrame.Commit(transaction, Optional.empty()));
    }

    private static List<String> settled(List<SessionAction> actions) {
        assertThat(actions).hasSize(1).first().isInstanceOf(SessionAction.Settle.class);
        return ((SessionAction.Settle) actions.getFirst())
                .settled().stream()
                        .map(each -> each.delivery().tag() + " " + each.outcome())
                        .toList();
    }

    private static SessionAction receipt(String id) {
        return new SessionAction.Reply(new ServerFrame.Receipt(id, Map.of()));
    }

    private static void assertError(List<SessionAction> actions, String code) {
        assertThat(actions).hasSize(2);
        assertThat(actions.getLast()).isEqualTo(new SessionAction.Close(CloseReason.error(code)));
    }
}
