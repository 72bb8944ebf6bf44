package footbridge.jms;

import static org.assertj.core.api.Assertions.assertThat;

import footbridge.backend.BackendFailure.Kind;
import footbridge.backend.BackendSession;
import footbridge.backend.Target;
import footbridge.backend.TransactedSend;
import java.util.List;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A queue that is deleted while the gateway still takes it for known: because a message says which
/// kind of queue it is for, the broker refuses it, where it would drop any other without a word.
final class NoRouteTest extends SharedBrokerTest {

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void nothingIsConfirmedThatNoQueueHas(boolean withAddress) throws Exception {
        String name = "gone" + withAddress;
        broker.createQueue(name);
        Target queue = Messages.queue(name);
        BackendSession session = client("a");
        send(session, queue, "before");

        broker.server().destroyQueue(SimpleString.of(name), null, false, true, withAddress);

        assertThat(failureOf(() -> send(session, queue, "after")).kind())
                .isEqualTo(Kind.NO_SUCH_TARGET);
        assertThat(
                        failureOf(() ->
                                        session.commit(
                                                List.of(
                                                        new TransactedSend(
                                                                queue, Messages.text("too"))),
                                                List.of()))
                                .kind())
                .isEqualTo(Kind.NO_SUCH_TARGET);
    }
}
