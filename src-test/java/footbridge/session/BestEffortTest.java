package footbridge.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import footbridge.backend.BackendFailure;
import footbridge.backend.Delivery;
import footbridge.backend.Message;
import footbridge.backend.Settlement.Outcome;
import footbridge.backend.Target;
import footbridge.session.Transaction.Member;
import footbridge.stomp.ServerFrame;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// A transaction over several brokers, where rules allow it.
final class BestEffortTest {

    private static final Message MESSAGE = new Message(Map.of(), ByteBuffer.allocate(0), true);

    private final Transaction transaction = new Transaction("t");

    @Test
    void brokersThatSettleComeLastAndTheOthersInTheOrderOfTheFrames() throws Exception {
        ack("artemis", "ACK /queue/in");
        send("artemis", "SEND /queue/out");
        send("kafka", "SEND /topic/log");
        send("other", "SEND /queue/other");

        List<SessionAction> actions = transaction.carryOut(Optional.of("r"));

        assertThat(commits(actions))
                .extracting(SessionAction.Commit::backend)
                .containsExactly("kafka", "other", "artemis");
        assertThat(commits(actions).getLast().sends()).hasSize(1);
        assertThat(commits(actions).getLast().settled()).hasSize(1);
        assertThat(receipt(actions).headers())
                .isEqualTo(
                        Map.of(
                                "transactions",
                                "best-effort",
                                "committed",
                                "SEND /topic/log, SEND /queue/other, ACK /queue/in, SEND /queue/out"));
    }

    @Test
    void oneBrokerIsAllOrNothingAndNothingIsSaidOfIt() throws Exception {
        send("kafka", "SEND /topic/log");

        List<SessionAction> actions = transaction.carryOut(Optional.of("r"));

        assertThat(commits(actions)).hasSize(1).noneMatch(each -> each.progress().spans());
        assertThat(receipt(actions).headers()).isEmpty();
    }

    @Test
    void aRuleThatWantsItExactIsHeardWheneverItComes() throws Exception {
        send("artemis", "SEND /queue/out");
        send("kafka", "SEND /topic/log");

        assertThatThrownBy(() -> transaction.join(new Member("artemis", "SEND /queue/x", false)))
                .isInstanceOf(Refusal.class);

        var other = new Transaction("u");
        other.join(new Member("artemis", "SEND /queue/x", false));
        other.join(new Member("artemis", "SEND /queue/y", true));
        assertThatThrownBy(() -> other.join(new Member("kafka", "SEND /topic/log", true)))
                .isInstanceOf(Refusal.class);
    }

    @Test
    void whatFailsLaterIsToldWithWhatIsDone() throws Exception {
        send("kafka", "SEND /topic/log");
        send("artemis", "SEND /queue/out");
        SessionAction.Commit second = commits(transaction.carryOut(Optional.empty())).getLast();

        ServerFrame.Error refused = second.progress().error(full(), Optional.of("r"));
        ServerFrame.Error lost = second.progress().error(lost(), Optional.of("r"));

        assertThat(refused.code()).isEqualTo("transaction-partly-done");
        assertThat(refused.receiptId()).contains("r");
        assertThat(refused.headers())
                .containsEntry("committed", "SEND /topic/log")
                .containsEntry("not-committed", "SEND /queue/out")
                .doesNotContainKey("unknown");
        assertThat(lost.headers())
                .containsEntry("committed", "SEND /topic/log")
                .containsEntry("unknown", "SEND /queue/out")
                .doesNotContainKey("not-committed");
    }

    @Test
    void whatFailsFirstLeavesNothing() throws Exception {
        send("kafka", "SEND /topic/log");
        send("artemis", "SEND /queue/out");
        SessionAction.Commit first = commits(transaction.carryOut(Optional.empty())).getFirst();

        ServerFrame.Error error = first.progress().error(full(), Optional.empty());

        assertThat(error.code()).isEqualTo("backend-full");
        assertThat(error.headers())
                .containsEntry("not-committed", "SEND /topic/log, SEND /queue/out")
                .doesNotContainKey("committed");
    }

    @Test
    void headersEndAndTheBodyTellsAll() throws Exception {
        for (int i = 0; i < 500; i++) {
            send("kafka", "SEND /topic/log-" + i);
        }
        send("artemis", "SEND /queue/out");
        SessionAction.Commit second = commits(transaction.carryOut(Optional.empty())).getLast();

        ServerFrame.Error error = second.progress().error(full(), Optional.empty());

        assertThat(error.headers().get("committed")).hasSizeLessThan(1_100).endsWith(" ...");
        assertThat(error.body()).contains("/topic/log-499");
    }

    private void send(String backend, String frame) throws Exception {
        transaction.join(new Member(backend, frame, true));
        transaction.add(
                new SessionAction.Send(
                        new Target.JmsQueue(backend, "q", Target.Creation.NEVER),
                        MESSAGE,
                        Optional.empty(),
                        "rule"));
    }

    private void ack(String backend, String frame) throws Exception {
        var held = new HeldMessages("s");
        held.add(1, "id 1", new Delivery(MESSAGE, 1));
        transaction.join(new Member(backend, frame, true));
        transaction.add(backend, held.find("s-1").orElseThrow(), Outcome.ACKNOWLEDGED);
    }

    private static BackendFailure full() {
        return new BackendFailure(BackendFailure.Kind.FULL, "no room");
    }

    private static BackendFailure lost() {
        return new BackendFailure(BackendFailure.Kind.OUTCOME_UNKNOWN, "lost");
    }

    private static List<SessionAction.Commit> commits(List<SessionAction> actions) {
        return actions.stream()
                .filter(SessionAction.Commit.class::isInstance)
                .map(SessionAction.Commit.class::cast)
                .toList();
    }

    private static ServerFrame.Receipt receipt(List<SessionAction> actions) {
        return (ServerFrame.Receipt) ((SessionAction.Reply) actions.getLast()).frame();
    }
}
