package footbridge.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import footbridge.backend.Delivery;
import footbridge.backend.Message;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class MailboxTest {

    private static final int TOO_SLOW = -1;
    private static final int BYTES = 2_000;
    private static final int MESSAGES = 10;

    /// More than any of these lanes hold.
    private static final int ROOM = 100;

    /// What each message counts beside its body.
    private static final int OVERHEAD = 128;

    private final Mailbox mailbox = new Mailbox(this::drain, BYTES, MESSAGES);
    private final Lane queue = new Lane((_, _) -> {}, Lane.Kind.OWN_READER, ROOM, Lane.UNLIMITED);
    private final Lane topic =
            new Lane((_, _) -> {}, Lane.Kind.SHARED_READER, ROOM, Lane.UNLIMITED);
    private final Lane dropping =
            new Lane(
                    (delivery, dropped) -> told(delivery.tag() + " after " + dropped + " dropped"),
                    Lane.Kind.SHARED_READER_DROPS_OLDEST,
                    ROOM,
                    Lane.UNLIMITED);
    private final List<String> done = new CopyOnWriteArrayList<>();
    private final AtomicInteger workers = new AtomicInteger();

    private void told(String what) {
        done.add(what);
    }

    private void drain() {
        assertThat(workers.incrementAndGet()).isEqualTo(1);
        do {
            Runnable task;
            while ((task = mailbox.poll()) != null) {
                task.run();
            }
            workers.decrementAndGet();
        } while (!mailbox.rest() && workers.incrementAndGet() == 1);
    }

    @Test
    void framesAreTakenInOrderByOneThreadAtATime() {
        for (int i = 0; i < 10_000; i++) {
            String name = "f" + i;
            mailbox.frame(() -> done.add(name), 0);
        }

        await().untilAsserted(() -> assertThat(done).hasSize(10_000));
        assertThat(done).isSortedAccordingTo((a, b) -> number(a) - number(b));
    }

    @Test
    void heldFramesWaitWhileEventsGoOn() {
        mailbox.hold(true, false);
        mailbox.frame(() -> done.add("frame"), 0);
        mailbox.event(() -> done.add("event"));

        await().untilAsserted(() -> assertThat(done).containsExactly("event"));

        mailbox.event(() -> mailbox.hold(false, false));
        await().untilAsserted(() -> assertThat(done).containsExactly("event", "frame"));
    }

    @Test
    void readingPausesWhenTooManyFramesWaitAndResumesWhenFewDo() {
        mailbox.hold(true, false);
        int accepted = 0;
        while (!mailbox.frame(MailboxTest::nothing, 0)) {
            accepted++;
        }
        assertThat(accepted).isEqualTo(255);
        assertThat(mailbox.readingMayResume()).isFalse();

        mailbox.event(() -> mailbox.hold(false, false));

        await().until(mailbox::readingMayResume);
        assertThat(mailbox.readingMayResume()).isFalse();
    }

    @Test
    void readingPausesWhenFramesAreLarge() {
        mailbox.hold(true, false);

        assertThat(mailbox.frame(MailboxTest::nothing, 1 << 20)).isTrue();
    }

    @Test
    void messagesBeyondTheLimitAreNotTaken() {
        mailbox.hold(false, true);
        for (int i = 0; i < 10; i++) {
            assertThat(mailbox.offer(topic, message(0))).isZero();
        }

        assertThat(mailbox.offer(topic, message(0))).isEqualTo(TOO_SLOW);
    }

    @Test
    void octetsBeyondTheLimitAreNotTaken() {
        mailbox.hold(false, true);
        assertThat(mailbox.offer(topic, message(BYTES - OVERHEAD))).isZero();

        assertThat(mailbox.offer(topic, message(0))).isEqualTo(TOO_SLOW);
    }

    @Test
    void anOctetLessLeavesRoomForOneMore() {
        mailbox.hold(false, true);
        assertThat(mailbox.offer(topic, message(BYTES - OVERHEAD - 1))).isZero();

        assertThat(mailbox.offer(topic, message(0))).isZero();
    }

    @Test
    void theOldestMessageMakesRoomWhereTheRuleSaysSo() {
        mailbox.hold(false, true);
        for (int i = 0; i < MESSAGES; i++) {
            mailbox.offer(dropping, numbered(i));
        }

        assertThat(mailbox.offer(dropping, numbered(10))).isEqualTo(1);
        assertThat(mailbox.offer(dropping, numbered(11))).isEqualTo(1);
        mailbox.event(() -> mailbox.hold(false, false));

        await().untilAsserted(() -> assertThat(done).hasSize(MESSAGES));
        assertThat(done.getFirst()).isEqualTo("2 after 2 dropped");
        assertThat(done).endsWith("10 after 0 dropped", "11 after 0 dropped");
    }

    @Test
    void aLargeMessageDropsAsManyAsItNeeds() {
        mailbox.hold(false, true);
        for (int i = 0; i < 7; i++) {
            mailbox.offer(dropping, message(BYTES / 7 - OVERHEAD + 1));
        }

        assertThat(mailbox.offer(dropping, message(BYTES))).isEqualTo(1);
        assertThat(mailbox.offer(dropping, message(0))).isEqualTo(7);
    }

    @Test
    void whatOtherSubscriptionsHaveFilledIsTheirs() {
        mailbox.hold(false, true);
        for (int i = 0; i < MESSAGES; i++) {
            mailbox.offer(topic, message(0));
        }

        assertThat(mailbox.offer(dropping, numbered(0))).isEqualTo(1);
        mailbox.event(() -> mailbox.hold(false, false));
        await().until(() -> mailbox.offer(dropping, numbered(1)) == 0);

        await().untilAsserted(() -> assertThat(done).contains("1 after 1 dropped"));
    }

    @Test
    void subscriptionsTakeTurns() {
        mailbox.hold(false, true);
        Lane other =
                new Lane((_, _) -> done.add("other"), Lane.Kind.OWN_READER, ROOM, Lane.UNLIMITED);
        for (int i = 0; i < 3; i++) {
            mailbox.offer(dropping, numbered(i));
            mailbox.message(other, message(0));
        }
        mailbox.event(() -> mailbox.hold(false, false));

        await().untilAsserted(() -> assertThat(done).hasSize(6));
        assertThat(done.subList(0, 4))
                .containsExactly("0 after 0 dropped", "other", "1 after 0 dropped", "other");
    }

    @Test
    void aNewerMessageTakesThePlaceOfAnOlderOneOfItsKey() {
        Lane lane = lane(Lane.Kind.SHARED_READER_CONFLATES, Lane.UNLIMITED);
        mailbox.hold(false, true);
        mailbox.offer(lane, keyed(1, "a"));
        mailbox.offer(lane, keyed(2, "b"));
        assertThat(mailbox.offer(lane, keyed(3, "a"))).isEqualTo(1);
        assertThat(mailbox.offer(lane, keyed(4, "a"))).isEqualTo(1);
        mailbox.offer(lane, numbered(5));
        mailbox.offer(lane, numbered(6));
        mailbox.event(() -> mailbox.hold(false, false));

        // The position is that of the message whose place it took: 2 is still to come.
        await().untilAsserted(() ->
                assertThat(done)
                        .containsExactly(
                                "4 at p1 after 2 dropped",
                                "2 at p2 after 0 dropped",
                                "5 at - after 0 dropped",
                                "6 at - after 0 dropped"));
    }

    @Test
    void moreKeysThanTheQueueHoldsAreTooMany() {
        Lane lane = lane(Lane.Kind.SHARED_READER_CONFLATES, Lane.UNLIMITED);
        mailbox.hold(false, true);
        for (int i = 0; i < MESSAGES; i++) {
            assertThat(mailbox.offer(lane, keyed(i, "k" + i))).isZero();
        }

        assertThat(mailbox.offer(lane, keyed(20, "k0"))).isEqualTo(1);
        assertThat(mailbox.offer(lane, keyed(21, "new"))).isEqualTo(TOO_SLOW);
    }

    @Test
    void aClientGetsNoMoreThanItsCredit() {
        Lane lane = lane(Lane.Kind.SHARED_READER, 2);
        for (int i = 0; i < 5; i++) {
            mailbox.offer(lane, numbered(i));
        }
        mailbox.event(() -> done.add("event"));
        await().untilAsserted(() ->
                assertThat(done)
                        .containsExactlyInAnyOrder(
                                "0 at - after 0 dropped", "1 at - after 0 dropped", "event"));

        mailbox.credit(lane);
        mailbox.credit(lane);

        await().untilAsserted(() ->
                assertThat(done)
                        .endsWith("2 at - after 0 dropped", "3 at - after 0 dropped")
                        .hasSize(5));
    }

    @Test
    void whatIsReplayedCountsApartFromWhatComesLive() {
        Lane lane = lane(Lane.Kind.SHARED_READER, Lane.UNLIMITED);
        mailbox.hold(false, true);
        for (int i = 0; i < MESSAGES; i++) {
            mailbox.replay(lane, numbered(i));
        }
        for (int i = MESSAGES; i < 2 * MESSAGES; i++) {
            assertThat(mailbox.offer(lane, numbered(i))).isZero();
        }

        assertThat(mailbox.offer(lane, numbered(99))).isEqualTo(TOO_SLOW);
        mailbox.event(() -> mailbox.hold(false, false));
        await().untilAsserted(() -> assertThat(done).hasSize(2 * MESSAGES));
        await().until(() -> mailbox.offer(lane, numbered(99)) == 0);
    }

    @Test
    void aReaderOfTheLanesOwnWaitsUntilHalfOfItIsTaken() throws Exception {
        Lane lane =
                new Lane(
                        (delivery, _) -> told("" + delivery.tag()),
                        Lane.Kind.OWN_READER,
                        4,
                        Lane.UNLIMITED);
        mailbox.hold(false, true);
        for (int i = 0; i < 4; i++) {
            assertThat(mailbox.awaitRoom(lane, Duration.ofSeconds(30))).isTrue();
            mailbox.replay(lane, numbered(i));
        }
        assertThat(mailbox.awaitRoom(lane, Duration.ofMillis(1))).isFalse();

        mailbox.event(() -> mailbox.hold(false, false));

        assertThat(mailbox.awaitRoom(lane, Duration.ofSeconds(30))).isTrue();
    }

    @Test
    void aMessageIsOfferedOnlyWhereThereIsRoom() {
        mailbox.hold(false, true);
        for (int i = 0; i < MESSAGES; i++) {
            assertThat(mailbox.offerIfRoom(queue, message(0))).isTrue();
        }

        assertThat(mailbox.offerIfRoom(queue, message(0))).isFalse();
    }

    private Lane lane(Lane.Kind kind, int credit) {
        return new Lane(
                (delivery, dropped) ->
                        told(
                                "%d at %s after %d dropped"
                                        .formatted(
                                                delivery.tag(),
                                                delivery.message()
                                                        .headers()
                                                        .getOrDefault(Message.POSITION, "-"),
                                                dropped)),
                kind,
                ROOM,
                credit);
    }

    private static Delivery keyed(int number, String key) {
        return new Delivery(
                numbered(number).message().with(Message.POSITION, "p" + number),
                number,
                Optional.of(key));
    }

    @Test
    void aBusyQueueLeavesRoomForTopics() {
        mailbox.hold(false, true);
        mailbox.message(queue, message(1_000_000));

        assertThat(mailbox.offer(topic, message(0))).isZero();
    }

    @Test
    void aPatientReaderWaitsForRoom() throws Exception {
        mailbox.hold(false, true);
        mailbox.message(queue, message(BYTES));
        var admitted = new CountDownLatch(1);
        Thread reader =
                Thread.ofVirtual()
                        .start(() -> {
                            try {
                                mailbox.awaitRoom();
                                admitted.countDown();
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            }
                        });
        await().atMost(Duration.ofSeconds(5))
                .until(() -> reader.getState() == Thread.State.WAITING);

        mailbox.event(() -> mailbox.hold(false, false));

        admitted.await();
    }

    @Test
    void aClosedMailboxLetsReadersGoAndTakesNothing() throws Exception {
        mailbox.hold(false, true);
        mailbox.message(queue, message(BYTES));

        mailbox.close();

        mailbox.awaitRoom();
        mailbox.event(() -> done.add("late"));
        assertThat(mailbox.poll()).isNull();
    }

    private static Delivery message(int bytes) {
        return new Delivery(
                new Message(Map.of(), ByteBuffer.allocate(bytes), false, Optional.empty()), 0);
    }

    private static Delivery numbered(int number) {
        return new Delivery(message(0).message(), number);
    }

    private static void nothing() {}

    private static int number(String name) {
        return Integer.parseInt(name.substring(1));
    }
}
