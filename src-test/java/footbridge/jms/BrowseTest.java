package footbridge.jms;

import static footbridge.backend.Acknowledgement.AUTOMATIC;
import static org.assertj.core.api.Assertions.assertThat;

import footbridge.backend.BackendFailure;
import footbridge.backend.BackendSession;
import footbridge.backend.Selection;
import footbridge.backend.SubscribeOptions;
import footbridge.backend.Subscription;
import footbridge.backend.Target;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Queues that are looked at.
final class BrowseTest extends SharedBrokerTest {

    private static final Selection BROWSE =
            new Selection(Optional.empty(), false, true, Optional.empty());

    @Test
    void allIsShownAndStaysAndTheEndIsTold() throws Exception {
        Target queue = queue("look");
        BackendSession session = client("a");
        String large = "x".repeat(1000);
        for (int n = 0; n < 200; n++) {
            session.send(queue, Messages.text(n + large), new Outcome());
        }
        awaitMessages("look", 200);
        broker.queueNamed("look").flushExecutor(); // counted is not yet shown

        var inbox = new Inbox();
        Subscription browsing = subscribe(session, queue, BROWSE, AUTOMATIC, inbox);
        for (int n = 0; n < 201; n++) {
            browsing.accepted(inbox.awaitCount(n + 1).get(n));
        }

        assertThat(inbox.texts().get(199)).isEqualTo(199 + large);
        assertThat(inbox.deliveries().get(200).message().headers())
                .containsExactly(Map.entry("browser", "end"));
        assertThat(inbox.deliveries().get(200).message().size()).isZero();
        staysAt(inbox, 201);
        assertThat(messages("look")).isEqualTo(200);
        browsing.close();
        assertThat(inbox.ends()).isEmpty();
    }

    @Test
    void noMoreThanThePrefetchAreOnTheirWay() throws Exception {
        Target queue = queue("paced");
        BackendSession session = client("a");
        send(session, queue, "1", "2", "3");
        var inbox = new Inbox();

        Subscription browsing =
                session.subscribe(queue, new SubscribeOptions(2, AUTOMATIC, BROWSE), inbox);

        inbox.awaitCount(2);
        staysAt(inbox, 2);
        browsing.accepted(inbox.deliveries().get(0));
        inbox.awaitCount(3);
        browsing.close();
        staysAt(inbox, 3);
    }

    @Test
    void aSelectorChoosesWhatIsShown() throws Exception {
        Target queue = queue("chosen");
        BackendSession session = client("a");
        send(session, queue, Messages.text("no", Map.of("browser", "end")));
        send(session, queue, Messages.text("yes", Map.of("browser", "end", "n", "7")));
        var inbox = new Inbox();

        subscribe(
                session,
                queue,
                new Selection(Optional.of("n = 7"), false, true, Optional.empty()),
                AUTOMATIC,
                inbox);

        inbox.awaitCount(2);
        assertThat(inbox.texts()).containsExactly("yes", "");
        assertThat(inbox.deliveries().getFirst().message().headers()).doesNotContainKey("browser");
    }

    @Test
    void anEmptyQueueEndsAtOnceAndAMissingOneIsRefused() throws Exception {
        var inbox = new Inbox();
        subscribe(client("a"), queue("empty"), BROWSE, AUTOMATIC, inbox);

        assertThat(inbox.await1().message().headers()).containsEntry("browser", "end");
        assertThat(
                        failureOf(() ->
                                        subscribe(
                                                client("a"),
                                                Messages.queue("nowhere"),
                                                BROWSE,
                                                AUTOMATIC,
                                                new Inbox()))
                                .kind())
                .isEqualTo(BackendFailure.Kind.NO_SUCH_TARGET);
    }

    private Target queue(String name) throws Exception {
        broker.createQueue(name);
        return Messages.queue(name);
    }
}
