package footbridge.jms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import footbridge.backend.Account;
import footbridge.backend.Acknowledgement;
import footbridge.backend.BackendFailure;
import footbridge.backend.BackendFailure.Kind;
import footbridge.backend.BackendSession;
import footbridge.backend.Message;
import footbridge.backend.Settlement;
import footbridge.backend.SubscribeOptions;
import footbridge.backend.Subscription;
import footbridge.backend.Target;
import footbridge.backend.TransactedSend;
import footbridge.jms.link.ArtemisSettings;
import footbridge.testbed.ArtemisBroker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.activemq.artemis.core.server.ServerSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Clients that the broker knows by their own accounts, on links that they share.
final class ClientAccountsTest {

    private static final Account ANN = new Account("ann", "a");
    private static final Account BOB = new Account("bob", "b");
    private static final SubscribeOptions ALL = SubscribeOptions.automatic(100);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir Path folder;

    private ArtemisBroker broker;
    private ArtemisBackend backend;

    @BeforeEach
    void start() throws Exception {
        broker =
                ArtemisBroker.in(folder)
                        .queues("ANN", "BOB", "DLQ")
                        .topics("ticks")
                        .user("gateway", "secret", "gateway")
                        .user("ann", "a", "ann")
                        .user("bob", "b", "bob")
                        .user("cem", "c", "ann")
                        .close("#")
                        .allow("ANN", "ann", "send", "consume")
                        .allow("BOB", "bob", "send", "consume")
                        .allow("DLQ", "ann", "send")
                        .allow("made", "ann", "send", "createAddress", "createDurableQueue")
                        .allow(
                                "ticks",
                                "ann",
                                "consume",
                                "createNonDurableQueue",
                                "deleteNonDurableQueue")
                        .allow("ticks", "bob", "send")
                        .allow(
                                "activemq.management.#",
                                "gateway",
                                "manage",
                                "send",
                                "consume",
                                "createNonDurableQueue",
                                "deleteNonDurableQueue",
                                "createAddress",
                                "deleteAddress")
                        .start();
        backend =
                new ArtemisBackend(
                        ArtemisSettings.of("artemis", broker.url())
                                .withAccount("gateway", "secret")
                                .withTimes(Duration.ofSeconds(10), Duration.ofMillis(50)),
                        Accounts.CLIENT,
                        1 << 20);
        awaitUp();
    }

    private void awaitUp() {
        await().atMost(PATIENCE).until(() -> backend.availability().up());
    }

    @AfterEach
    void stop() {
        backend.close();
        broker.close();
    }

    private BackendSession as(Account account) {
        return backend.open("client", Optional.of(account));
    }

    @Test
    void eachMayWhatItsAccountMayAndNothingElse() throws Exception {
        BackendSession ann = as(ANN);
        BackendSession bob = as(BOB);

        assertThat(send(ann, Messages.queue("ANN"))).isEmpty();
        assertThat(send(bob, Messages.queue("BOB"))).isEmpty();
        assertThat(send(ann, Messages.queue("BOB"))).contains(Kind.FORBIDDEN);
        assertThat(send(bob, Messages.queue("ANN"))).contains(Kind.FORBIDDEN);
        assertThat(commit(bob, Messages.queue("ANN"))).contains(Kind.FORBIDDEN);
        assertThat(commit(ann, Messages.queue("ANN"))).isEmpty();
        assertThat(subscribe(bob, Messages.queue("ANN"))).contains(Kind.FORBIDDEN);
        assertThat(broker.queueNamed("ANN").getMessageCount()).isEqualTo(2);
        assertThat(subscribe(ann, Messages.queue("ANN"))).isEmpty();
    }

    @Test
    void theGatewaysAccountNeverStandsInForAClient() throws Exception {
        send(as(ANN), Messages.queue("ANN"));
        subscribe(as(ANN), Messages.topic("ticks"));

        assertThat(broker.server().getSessions())
                .extracting(ServerSession::getUsername)
                .contains("ann")
                .doesNotContainNull();
        BackendSession nobody = backend.open("client", Optional.empty());
        assertThat(send(nobody, Messages.queue("ANN"))).contains(Kind.LOGIN_REFUSED);
        assertThat(subscribe(nobody, Messages.topic("ticks"))).contains(Kind.LOGIN_REFUSED);
        assertThat(commit(nobody, Messages.queue("ANN"))).contains(Kind.LOGIN_REFUSED);
    }

    @Test
    void whomTheBrokerDoesNotKnowIsToldSoAndNobodyElseNotices() throws Exception {
        BackendSession ann = as(ANN);
        send(ann, Messages.queue("ANN"));
        long links = broker.server().getConnectionCount();

        for (Account wrong :
                List.of(new Account("ann", "b"), new Account("eve", "a"), new Account("ann", ""))) {
            assertThat(send(as(wrong), Messages.queue("ANN"))).contains(Kind.LOGIN_REFUSED);
            assertThat(subscribe(as(wrong), Messages.topic("ticks"))).contains(Kind.LOGIN_REFUSED);
        }

        assertThat(send(ann, Messages.queue("ANN"))).isEmpty();
        assertThat((long) broker.server().getConnectionCount()).isEqualTo(links);
    }

    @Test
    void aTopicsReaderIsSharedByEqualAccountsOnly() throws Exception {
        var first = new Inbox();
        var second = new Inbox();
        var other = new Inbox();
        as(ANN).subscribe(Messages.topic("ticks"), ALL, first);
        as(ANN).subscribe(Messages.topic("ticks"), ALL, second);
        assertThat(broker.topicConsumers("ticks")).isEqualTo(1);
        BackendSession cem = as(new Account("cem", "c"));
        cem.subscribe(Messages.topic("ticks"), ALL, other);

        assertThat(broker.topicConsumers("ticks")).isEqualTo(2);
        assertThat(subscribe(as(BOB), Messages.topic("ticks"))).contains(Kind.FORBIDDEN);
        assertThat(send(as(BOB), Messages.topic("ticks"))).isEmpty();
        assertThat(Inbox.text(first.await1())).isEqualTo("m");
        assertThat(Inbox.text(second.await1())).isEqualTo("m");
        assertThat(Inbox.text(other.await1())).isEqualTo("m");

        cem.close();
        await().atMost(PATIENCE).until(() -> broker.topicConsumers("ticks") == 1);
    }

    @Test
    void aQueueIsMadeByWhoMayMakeIt() throws Exception {
        var made = new Target.JmsQueue("artemis", "made", Target.Creation.AUTO);

        assertThat(send(as(BOB), made)).contains(Kind.FORBIDDEN);
        assertThat(send(as(ANN), made)).isEmpty();
        assertThat(broker.queueNamed("made").getMessageCount()).isEqualTo(1);
    }

    @Test
    void aRefusedMessageIsBuriedThoughOnlyTheGatewayMayAskWhere() throws Exception {
        BackendSession ann = as(ANN);
        send(ann, Messages.queue("ANN"));
        var inbox = new Inbox();
        Subscription subscription =
                ann.subscribe(
                        Messages.queue("ANN"),
                        new SubscribeOptions(10, Acknowledgement.BY_CLIENT),
                        inbox);
        var confirmation = new Outcome();

        ann.settle(
                List.of(
                        new Settlement(
                                subscription, inbox.await1(), Settlement.Outcome.DEAD_LETTER)),
                Optional.of(confirmation));

        assertThat(confirmation.awaitEnd().isConfirmed()).isTrue();
        assertThat(broker.queueNamed("DLQ").getMessageCount()).isEqualTo(1);
    }

    @Test
    void afterALossEachComesBackAsItself() throws Exception {
        BackendSession ann = as(ANN);
        var queue = new Inbox();
        var topic = new Inbox();
        ann.subscribe(Messages.queue("ANN"), ALL, queue);
        ann.subscribe(Messages.topic("ticks"), ALL, topic);

        broker.cutLinks();

        await().atMost(PATIENCE).until(() -> broker.topicConsumers("ticks") == 1);
        await().atMost(PATIENCE).until(() -> send(ann, Messages.queue("ANN")).isEmpty());
        await().atMost(PATIENCE).until(() -> send(as(BOB), Messages.topic("ticks")).isEmpty());
        assertThat(Inbox.text(queue.await1())).isEqualTo("m");
        assertThat(Inbox.text(topic.await1())).isEqualTo("m");
    }

    @Test
    void nothingOfAClientIsLeftWhenItIsGone() throws Exception {
        int before = broker.server().getSessions().size();
        BackendSession ann = as(ANN);
        send(ann, Messages.queue("ANN"));
        subscribe(ann, Messages.topic("ticks"));
        ann.subscribe(
                Messages.topic("ticks"),
                new SubscribeOptions(10, Acknowledgement.BY_CLIENT),
                new Inbox());
        assertThat(broker.topicQueues("ticks")).isEqualTo(2);

        ann.close();

        await().atMost(PATIENCE).until(() -> broker.topicQueues("ticks") == 0);
        await().atMost(PATIENCE).until(() -> broker.server().getSessions().size() == before);
    }

    /// What became of it; empty if it was confirmed.
    private static Optional<Kind> send(BackendSession session, Target target) throws Exception {
        var outcome = new Outcome();
        Optional<Kind> refused =
                refusal(() -> {
                    session.send(target, Messages.text("m"), outcome);
                    return "";
                });
        if (refused.isPresent()) {
            return refused;
        }
        return outcome.awaitEnd().isConfirmed()
                ? Optional.empty()
                : Optional.of(outcome.failure().kind());
    }

    private static Optional<Kind> commit(BackendSession session, Target target) {
        Message message = Messages.text("m");
        return refusal(() -> {
            session.commit(List.of(new TransactedSend(target, message)), List.of());
            return "";
        });
    }

    private static Optional<Kind> subscribe(BackendSession session, Target target) {
        return refusal(() -> session.subscribe(target, ALL, new Inbox()));
    }

    private static Optional<Kind> refusal(Callable<?> call) {
        return Optional.ofNullable(catchThrowableOfType(BackendFailure.class, call::call))
                .map(BackendFailure::kind);
    }
}
