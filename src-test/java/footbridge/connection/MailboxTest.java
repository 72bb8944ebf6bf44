package footbridge.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class MailboxTest {

    private final Mailbox mailbox = new Mailbox(this::drain, 1_000, 10);
    private final List<String> done = new CopyOnWriteArrayList<>();
    private final AtomicInteger workers = new AtomicInteger();

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
            assertThat(mailbox.offer(MailboxTest::nothing, 1)).isTrue();
        }

        assertThat(mailbox.offer(MailboxTest::nothing, 1)).isFalse();
    }

    @Test
    void octetsBeyondTheLimitAreNotTaken() {
        mailbox.hold(false, true);
        assertThat(mailbox.offer(MailboxTest::nothing, 1_000)).isTrue();

        assertThat(mailbox.offer(MailboxTest::nothing, 1)).isFalse();
    }

    @Test
    void aBusyQueueLeavesRoomForTopics() {
        mailbox.hold(false, true);
        mailbox.message(MailboxTest::nothing, 1_000_000);

        assertThat(mailbox.offer(MailboxTest::nothing, 1)).isTrue();
    }

    @Test
    void aPatientReaderWaitsForRoom() throws Exception {
        mailbox.hold(false, true);
        mailbox.message(MailboxTest::nothing, 1_000);
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
        mailbox.message(MailboxTest::nothing, 1_000);

        mailbox.close();

        mailbox.awaitRoom();
        mailbox.event(() -> done.add("late"));
        assertThat(mailbox.poll()).isNull();
    }

    private static void nothing() {}

    private static int number(String name) {
        return Integer.parseInt(name.substring(1));
    }
}
