package footbridge.jms;

import static footbridge.backend.Settlement.Outcome.ACKNOWLEDGED;
import static footbridge.backend.Settlement.Outcome.DEAD_LETTER;
import static footbridge.backend.Settlement.Outcome.DISCARD;
import static footbridge.backend.Settlement.Outcome.REDELIVER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import footbridge.backend.BackendFailure;
import footbridge.backend.BackendFailure.Kind;
import footbridge.backend.BackendSession;
import footbridge.backend.Delivery;
import footbridge.backend.Subscription;
import footbridge.testbed.ArtemisBroker;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.core.settings.impl.AddressFullMessagePolicy;
import org.junit.jupiter.api.Test;

final class SettlementTest extends ClientAckTest {

    @Override
    ArtemisBroker.Builder prepare(ArtemisBroker.Builder builder) {
        return super.prepare(builder)
                .queues("UNBURIED", "NOWHERE", "TIGHT", "TIGHT.DLQ")
                .addresses("#", address -> address.setDeadLetterAddress(null))
                .addresses(
                        "NOWHERE",
                        address -> address.setDeadLetterAddress(SimpleString.of("MISSING")))
                .addresses(
                        "TIGHT",
                        address -> address.setDeadLetterAddress(SimpleString.of("TIGHT.DLQ")))
                .addresses(
                        "TIGHT.DLQ",
                        address ->
                                address.setMaxSizeBytes(5_000)
                                        .setAddressFullMessagePolicy(
                                                AddressFullMessagePolicy.FAIL));
    }

    @Test
    void anAckOfTheThirdOfFiveLeavesTheOthers() throws Exception {
        fill("ORDERS", 5);
        Subscription subscription = subscribe("ORDERS", 10);
        List<Delivery> taken = take(subscription, 5);

        settle(subscription, ACKNOWLEDGED, taken.get(2));

        awaitMessages("ORDERS", 4);
        assertThat(broker.queueNamed("ORDERS").getDeliveringCount()).isEqualTo(4);
        subscription.close();
        assertThat(textsIn("ORDERS", 4)).containsExactly("m0", "m1", "m3", "m4");
    }

    @Test
    void acksInAnyOrderCountEach() throws Exception {
        fill("ORDERS", 6);
        Subscription subscription = subscribe("ORDERS", 10);
        List<Delivery> taken = take(subscription, 6);

        settle(subscription, ACKNOWLEDGED, taken.get(5), taken.get(1));
        settle(subscription, ACKNOWLEDGED, taken.get(3));
        settle(subscription, DISCARD, taken.get(0));

        awaitMessages("ORDERS", 2);
        assertThat(broker.queueNamed("ORDERS").getMessagesAcknowledged()).isEqualTo(4);
        subscription.close();
        assertThat(textsIn("ORDERS", 2)).containsExactly("m2", "m4");
    }

    @Test
    void anAckThatNobodyWaitsForSurvivesACrashOnceItIsThere() throws Exception {
        fill("ORDERS", 2);
        Subscription subscription = subscribe("ORDERS", 10);
        settle(subscription, ACKNOWLEDGED, take(subscription, 2).getFirst());
        awaitMessages("ORDERS", 1);
        sendAndConfirm("OTHER", "the journal has all before this");

        broker.kill();
        broker.start();

        assertThat(messages("ORDERS")).isEqualTo(1);
        assertThat(receive("ORDERS").getBody(String.class)).isEqualTo("m1");
    }

    @Test
    void aConfirmedAckIsAtTheBroker() throws Exception {
        fill("ORDERS", 100);
        Subscription subscription = subscribe("ORDERS", 100);
        List<Delivery> taken = take(subscription, 100);
        for (int n = 0; n < 100; n += 10) {
            settleAndConfirm(
                    subscription, ACKNOWLEDGED, taken.subList(n, n + 10).toArray(Delivery[]::new));

            assertThat(broker.queueNamed("ORDERS").getMessagesAcknowledged()).isEqualTo(n + 10);
        }
        broker.kill();
        broker.start();
        assertThat(messages("ORDERS")).isZero();
    }

    @Test
    void anAckIsNotConfirmedWhenTheBrokerDiesFirst() throws Exception {
        fill("ORDERS", 1);
        Subscription subscription = subscribe("ORDERS", 10);
        List<Delivery> taken = take(subscription, 1);
        broker.kill();
        var confirmation = new Outcome();

        BackendFailure failure =
                failureOf(() ->
                        session.settle(
                                settlements(subscription, ACKNOWLEDGED, taken.getFirst()),
                                Optional.of(confirmation)));

        assertThat(failure.kind()).isIn(Kind.OUTCOME_UNKNOWN, Kind.UNAVAILABLE);
        assertThat(confirmation.times()).isZero();
        broker.start();
        assertThat(messages("ORDERS")).isEqualTo(1);
    }

    @Test
    void aNackedMessageComesBackCountedAndDelayedAndEndsAsDeadLetter() throws Exception {
        fill("ORDERS", 10);
        Subscription subscription = subscribe("ORDERS", 100);
        List<Delivery> taken = take(subscription, 10);

        long start = System.nanoTime();
        settle(subscription, REDELIVER, taken.get(4));
        Delivery second = take(subscription, 11).getLast();
        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(DELAY.toNanos());
        settle(subscription, REDELIVER, second);
        Delivery third = take(subscription, 12).getLast();
        settleAndConfirm(subscription, REDELIVER, third);

        assertThat(List.of(second, third)).extracting(Inbox::text).containsOnly("m4");
        assertThat(count(second)).contains("2");
        assertThat(count(third)).contains("3");
        assertThat(second.message().headers()).containsEntry("redelivered", "true");
        assertThat(taken).noneMatch(each -> count(each).isPresent());
        awaitMessages("DLQ", 1);
        assertThat(receive("DLQ").getStringProperty("_AMQ_ORIG_ADDRESS")).isEqualTo("ORDERS");
        assertThat(broker.queueNamed("ORDERS").getDeliveringCount()).isEqualTo(9);
        for (int n = 9; n >= 0; n--) {
            if (n != 4) {
                settle(subscription, ACKNOWLEDGED, taken.get(n));
            }
        }
        awaitMessages("ORDERS", 0);
        staysAt(12);
    }

    @Test
    void manyNacksAtOnceAllComeBack() throws Exception {
        fill("OTHER", 500);
        Subscription subscription = subscribe("OTHER", 1000);
        List<Delivery> taken = take(subscription, 500);

        settleAndConfirm(subscription, REDELIVER, taken.toArray(Delivery[]::new));

        List<Delivery> again = take(subscription, 1000).subList(500, 1000);
        assertThat(again).allMatch(each -> count(each).equals(Optional.of("2")));
        assertThat(again).extracting(Inbox::text).containsExactlyElementsOf(names(0, 500));
        settleAndConfirm(subscription, ACKNOWLEDGED, again.toArray(Delivery[]::new));
        assertThat(messages("OTHER")).isZero();
    }

    @Test
    void tenThousandNacksInBatchesTakeNoTime() throws Exception {
        fill("OTHER", 10_000);
        Subscription subscription = subscribe("OTHER", 10_000);
        List<Delivery> taken = take(subscription, 10_000);

        long start = System.nanoTime();
        for (int n = 0; n < 10_000; n += 500) {
            settleAndConfirm(
                    subscription, REDELIVER, taken.subList(n, n + 500).toArray(Delivery[]::new));
        }
        Duration nacked = Duration.ofNanos(System.nanoTime() - start);
        System.out.println("10000 NACKs in " + nacked);

        // One by one they would take a minute.
        assertThat(nacked).isLessThan(Duration.ofSeconds(10));
        inbox.awaitCount(20_000);
    }

    @Test
    void oneCallMaySettleInEveryWay() throws Exception {
        fill("ORDERS", 5);
        Subscription subscription = subscribe("ORDERS", 10);
        List<Delivery> taken = take(subscription, 5);
        var confirmation = new Outcome();

        session.settle(
                all(
                        List.of(
                                settlements(subscription, ACKNOWLEDGED, taken.get(0)),
                                settlements(subscription, REDELIVER, taken.get(1)),
                                settlements(subscription, DEAD_LETTER, taken.get(2)),
                                settlements(subscription, DISCARD, taken.get(3)))),
                Optional.of(confirmation));

        assertThat(confirmation.awaitEnd().isConfirmed()).isTrue();
        assertThat(messages("DLQ")).isEqualTo(1);
        assertThat(messages("ORDERS")).isEqualTo(2);
        assertThat(Inbox.text(take(subscription, 6).getLast())).isEqualTo("m1");
    }

    @Test
    void aDeadLetterIsWhatTheBrokerWouldHaveMadeOfIt() throws Exception {
        session.send(
                Messages.queue("ORDERS"),
                Messages.text(
                        "late",
                        Map.of(
                                "region", "EU",
                                "priority", "7",
                                "correlation-id", "c-1",
                                "expires", Long.toString(System.currentTimeMillis() + 3_600_000))),
                new Outcome());
        Subscription subscription = subscribe("ORDERS", 10);

        settleAndConfirm(subscription, DEAD_LETTER, take(subscription, 1).getFirst());

        assertThat(messages("ORDERS")).isZero();
        jakarta.jms.Message dead = receive("DLQ");
        assertThat(dead.getBody(String.class)).isEqualTo("late");
        assertThat(dead.getStringProperty("region")).isEqualTo("EU");
        assertThat(dead.getJMSPriority()).isEqualTo(7);
        assertThat(dead.getJMSCorrelationID()).isEqualTo("c-1");
        assertThat(dead.getJMSExpiration()).isZero();
        assertThat(dead.getStringProperty("_AMQ_ORIG_ADDRESS")).isEqualTo("ORDERS");
        assertThat(dead.getStringProperty("_AMQ_ORIG_QUEUE")).isEqualTo("ORDERS");
        assertThat(dead.getLongProperty("_AMQ_ORIG_MESSAGE_ID")).isPositive();
    }

    @Test
    void aLargeMessageBecomesADeadLetterAsAWhole() throws Exception {
        String large = "x".repeat(500_000);
        sendAndConfirm("ORDERS", large);
        Subscription subscription = subscribe("ORDERS", 10);

        settleAndConfirm(subscription, DEAD_LETTER, take(subscription, 1).getFirst());

        assertThat(receive("DLQ").getBody(String.class)).isEqualTo(large);
    }

    @Test
    void withoutADeadLetterAddressTheMessageStaysHeld() throws Exception {
        fill("UNBURIED", 2);
        Subscription subscription = subscribe("UNBURIED", 10);
        List<Delivery> taken = take(subscription, 2);

        BackendFailure failure =
                failureOf(() ->
                        session.settle(
                                all(
                                        List.of(
                                                settlements(
                                                        subscription, ACKNOWLEDGED, taken.get(0)),
                                                settlements(
                                                        subscription, DEAD_LETTER, taken.get(1)))),
                                Optional.empty()));

        assertThat(failure.kind()).isEqualTo(Kind.REFUSED);
        assertThat(failure).hasMessageContaining("no dead-letter address is configured");
        assertThat(broker.queueNamed("UNBURIED").getDeliveringCount()).isEqualTo(2);
        settleAndConfirm(subscription, ACKNOWLEDGED, taken.get(1));
    }

    @Test
    void aDeadLetterAddressWithoutAQueueIsRefused() throws Exception {
        fill("NOWHERE", 1);
        Subscription subscription = subscribe("NOWHERE", 10);
        Delivery taken = take(subscription, 1).getFirst();

        BackendFailure failure = failureOf(() -> settle(subscription, DEAD_LETTER, taken));

        assertThat(failure.kind()).isEqualTo(Kind.REFUSED);
        assertThat(messages("NOWHERE")).isEqualTo(1);
    }

    @Test
    void aDeadLetterThatFindsNoRoomTakesNothingFromTheQueue() throws Exception {
        fill("TIGHT", 30);
        Subscription subscription = subscribe("TIGHT", 100);
        Delivery[] taken = take(subscription, 30).toArray(Delivery[]::new);

        BackendFailure failure = failureOf(() -> settle(subscription, DEAD_LETTER, taken));

        assertThat(failure.kind()).isEqualTo(Kind.FULL);
        assertThat(failure).hasMessageContaining("nothing was done");
        assertThat(messages("TIGHT.DLQ")).isZero();
        // The broker counts what is given back on a thread of its own.
        await().until(() -> messages("TIGHT") == 30);
    }

    @Test
    void aPermitIsFreedBySettlingAndNotByWriting() throws Exception {
        fill("OTHER", 10);
        Subscription subscription = subscribe("OTHER", 3);
        List<Delivery> taken = take(subscription, 3);
        staysAt(3);

        settle(subscription, ACKNOWLEDGED, taken.get(1));

        inbox.awaitCount(4);
        staysAt(4);
        settle(subscription, DISCARD, taken.get(2));
        inbox.awaitCount(5);
        settle(subscription, REDELIVER, taken.get(0));
        inbox.awaitCount(6);
        staysAt(6);
    }

    @Test
    void aMessageIsSettledOnce() throws Exception {
        fill("OTHER", 2);
        Subscription subscription = subscribe("OTHER", 10);
        Delivery first = take(subscription, 2).getFirst();
        settle(subscription, ACKNOWLEDGED, first);

        assertThat(failureOf(() -> settle(subscription, ACKNOWLEDGED, first)).kind())
                .isEqualTo(Kind.REFUSED);
        Delivery second = inbox.deliveries().get(1);
        assertThat(failureOf(() -> settle(subscription, REDELIVER, second, second)).kind())
                .isEqualTo(Kind.REFUSED);
        settleAndConfirm(subscription, ACKNOWLEDGED, second);
    }

    @Test
    void settlingWhatIsNotYetKnownToBeWrittenCounts() throws Exception {
        fill("OTHER", 1);
        Subscription subscription = subscribe("OTHER", 10);
        Delivery quick = inbox.await1();

        settleAndConfirm(subscription, ACKNOWLEDGED, quick);
        subscription.accepted(quick);

        session.abandon();
        assertThat(messages("OTHER")).isZero();
    }

    @Test
    void closingGivesBackInOrderAndUncounted() throws Exception {
        fill("ORDERS", 6);
        Subscription subscription = subscribe("ORDERS", 4);
        List<Delivery> taken = take(subscription, 4);
        settle(subscription, ACKNOWLEDGED, taken.get(1));

        subscription.close();

        List<Delivery> found = look("ORDERS", 5);
        assertThat(found).extracting(Inbox::text).containsExactly("m0", "m2", "m3", "m4", "m5");
        assertThat(found).noneMatch(each -> count(each).isPresent());
        assertThat(failureOf(() -> settle(subscription, ACKNOWLEDGED, taken.get(0))).kind())
                .isEqualTo(Kind.REFUSED);
    }

    @Test
    void abandoningCountsAnAttemptForWhatWasWritten() throws Exception {
        fill("ORDERS", 6);
        Subscription subscription = subscribe("ORDERS", 4);
        Subscription automatic = automatic();
        List<Delivery> taken = inbox.awaitCount(4);
        subscription.accepted(taken.get(0));
        subscription.accepted(taken.get(2));
        subscription.accepted(taken.get(3));
        settle(subscription, ACKNOWLEDGED, taken.get(3));

        session.abandon();
        automatic.close();

        BackendSession reader = backend.open();
        var found = new Inbox();
        subscribe(reader, Messages.queue("ORDERS"), 100, found);
        found.awaitCount(5);
        assertThat(found.deliveries())
                .filteredOn(each -> count(each).isEmpty())
                .extracting(Inbox::text)
                .containsExactly("m1", "m4", "m5");
        assertThat(found.deliveries())
                .filteredOn(each -> count(each).equals(Optional.of("2")))
                .extracting(Inbox::text)
                .containsExactly("m0", "m2");
    }

    /// The broker must not hand them to the dying consumer once more while they are counted.
    @Test
    void whatAnAbandonedClientHeldComesInOrderToOneWhoWaits() throws Exception {
        fill("ORDERS", 9);
        Subscription subscription = subscribe("ORDERS", 9);
        take(subscription, 9);
        var waiting = new Inbox();
        subscribe(backend.open(), Messages.queue("ORDERS"), 100, waiting);

        session.abandon();

        waiting.awaitCount(9);
        assertThat(waiting.texts())
                .containsExactly("m0", "m1", "m2", "m3", "m4", "m5", "m6", "m7", "m8");
    }

    @Test
    void aMessageThatKillsItsReadersEndsAsDeadLetter() throws Exception {
        sendAndConfirm("ORDERS", "poison");
        for (int attempt = 1; attempt <= 3; attempt++) {
            BackendSession victim = backend.open();
            var crash = new Inbox();
            Subscription subscription = subscribe(victim, Messages.queue("ORDERS"), 10, crash);
            subscription.accepted(crash.await1());
            victim.abandon();
        }
        awaitMessages("DLQ", 1);
        assertThat(messages("ORDERS")).isZero();
    }

    @Test
    void aSharedTopicSettlesNothing() throws Exception {
        Subscription shared = session.subscribe(Messages.topic("ticks"), PREFETCH_100, inbox);
        session.send(Messages.topic("ticks"), Messages.text("tick"), new Outcome());
        Delivery tick = inbox.await1();

        assertThat(failureOf(() -> settle(shared, REDELIVER, tick)).kind())
                .isEqualTo(Kind.UNSUPPORTED);
    }

    private Subscription automatic() throws Exception {
        var other = new Inbox();
        fill("OTHER", 1);
        Subscription subscription = session.subscribe(Messages.queue("OTHER"), PREFETCH_100, other);
        subscription.accepted(other.await1());
        await().until(() -> messages("OTHER") == 0);
        return subscription;
    }
}
