package footbridge.jms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import footbridge.backend.BackendFailure;
import footbridge.backend.Target;
import footbridge.backend.Target.Creation;
import footbridge.testbed.ArtemisBroker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.activemq.artemis.core.settings.impl.AddressFullMessagePolicy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SendTest extends BrokerTest {

    @Override
    ArtemisBroker.Builder prepare(ArtemisBroker.Builder builder) {
        return builder.queues("SMALL", "PARKED")
                .addresses(
                        "SMALL",
                        address ->
                                address.setMaxSizeBytes(20_000)
                                        .setAddressFullMessagePolicy(AddressFullMessagePolicy.FAIL))
                .addresses(
                        "PARKED",
                        address ->
                                address.setMaxSizeBytes(20_000)
                                        .setAddressFullMessagePolicy(
                                                AddressFullMessagePolicy.BLOCK));
    }

    @Test
    void aConfirmedMessageSurvivesACrash() throws Exception {
        sendAndConfirm("ORDERS", "keep me");

        broker.kill();
        broker.start();

        assertThat(receive("ORDERS").getBody(String.class)).isEqualTo("keep me");
    }

    @Test
    void tenThousandSendsOfOneThreadAreConfirmedInOrder() throws Exception {
        List<Outcome> outcomes = new ArrayList<>();
        long start = System.nanoTime();
        for (int n = 0; n < 10_000; n++) {
            var outcome = new Outcome();
            outcomes.add(outcome);
            session.send(Messages.queue("ORDERS"), Messages.text("m" + n), outcome);
        }
        await().until(() -> outcomes.stream().allMatch(Outcome::isConfirmed));
        Duration taken = Duration.ofNanos(System.nanoTime() - start);

        // Blocking sends would take 35 s at the 3.5 ms of one flush to the disk.
        assertThat(taken).isLessThan(Duration.ofSeconds(10));
        assertThat(outcomes).allMatch(outcome -> outcome.times() == 1);
        try (var jms = jms();
                var consumer = jms.createConsumer(jms.createQueue("ORDERS"))) {
            for (int n = 0; n < 10_000; n++) {
                assertThat(consumer.receiveBody(String.class, 10_000)).isEqualTo("m" + n);
            }
        }
    }

    @Test
    void aMissingQueueIsRefused() {
        BackendFailure failure = failure(Messages.queue("NOWHERE"), Map.of());

        assertThat(failure.kind()).isEqualTo(BackendFailure.Kind.NO_SUCH_TARGET);
        assertThat(failure).hasMessageNotContaining("NOWHERE");
    }

    @Test
    void aMissingTopicIsRefused() {
        assertThat(failure(Messages.topic("nowhere"), Map.of()).kind())
                .isEqualTo(BackendFailure.Kind.NO_SUCH_TARGET);
    }

    @Test
    void aQueueIsNoTopicAndATopicIsNoQueue() {
        assertThat(failure(Messages.topic("ORDERS"), Map.of()).kind())
                .isEqualTo(BackendFailure.Kind.NO_SUCH_TARGET);
        assertThat(failure(Messages.queue("ticks"), Map.of()).kind())
                .isEqualTo(BackendFailure.Kind.NO_SUCH_TARGET);
    }

    @Test
    void aNameCannotReachWhatItDoesNotSpell() {
        for (String name : List.of("x::ORDERS", "activemq.management", "$.artemis.internal", "")) {
            assertThat(failure(Messages.queue(name), Map.of()).kind())
                    .isEqualTo(BackendFailure.Kind.NO_SUCH_TARGET);
            assertThat(failure(Messages.topic(name), Map.of()).kind())
                    .isEqualTo(BackendFailure.Kind.NO_SUCH_TARGET);
        }
    }

    @Test
    void aKafkaTargetIsNotSupported() {
        var target = new Target.KafkaTopic("kafka", "t", Optional.empty(), Creation.NEVER);

        assertThat(failure(target, Map.of()).kind()).isEqualTo(BackendFailure.Kind.UNSUPPORTED);
    }

    @Test
    void aTopicWithoutSubscribersTakesTheMessage() throws Exception {
        var outcome = new Outcome();
        session.send(Messages.topic("ticks"), Messages.text("tick"), outcome);

        assertThat(outcome.awaitEnd().isConfirmed()).isTrue();
    }

    @Test
    void aQueueIsCreatedWhereTheRuleSaysSo() throws Exception {
        var outcome = new Outcome();
        session.send(
                new Target.JmsQueue("artemis", "NEW.ONE", Creation.AUTO),
                Messages.text("first"),
                outcome);

        assertThat(outcome.awaitEnd().isConfirmed()).isTrue();
        assertThat(broker.queueNamed("NEW.ONE").isDurable()).isTrue();
        assertThat(receive("NEW.ONE").getBody(String.class)).isEqualTo("first");
    }

    @Test
    void aTopicIsCreatedWhereTheRuleSaysSo() throws Exception {
        var target = new Target.JmsTopic("artemis", "new.topic", Creation.AUTO);
        var inbox = new Inbox();
        session.subscribe(target, PREFETCH_100, inbox);
        session.send(target, Messages.text("first"), new Outcome());

        assertThat(Inbox.text(inbox.await1())).isEqualTo("first");
    }

    @Test
    void aQueueThatWasDeletedIsMissedSoon() throws Exception {
        sendAndConfirm("OTHER", "while it exists");
        broker.deleteQueue("OTHER");

        await().until(() -> failure(Messages.queue("OTHER"), Map.of()) != null);

        assertThat(failure(Messages.queue("OTHER"), Map.of()).kind())
                .isEqualTo(BackendFailure.Kind.NO_SUCH_TARGET);
    }

    @ParameterizedTest
    @CsvSource({
        "priority, abc",
        "priority, 10",
        "priority, -1",
        "persistent, maybe",
        "expires, soon",
        "expires, -5",
        "'', value"
    })
    void aHeaderWithAnImpossibleValueIsRefused(String header, String value) {
        BackendFailure failure = failure(Messages.queue("ORDERS"), Map.of(header, value));

        assertThat(failure.kind()).isEqualTo(BackendFailure.Kind.INVALID_HEADER);
        assertThat(failure).hasMessageContaining(header).hasMessageNotContaining(value);
    }

    @Test
    void aFullAddressFailsMessageByMessage() throws Exception {
        List<Outcome> outcomes = new ArrayList<>();
        int refused = 0;
        for (int n = 0; n < 200; n++) {
            var outcome = new Outcome();
            try {
                session.send(Messages.queue("SMALL"), Messages.text("x".repeat(500)), outcome);
                outcomes.add(outcome);
            } catch (BackendFailure e) {
                assertThat(e.kind()).isEqualTo(BackendFailure.Kind.FULL);
                assertThat(outcome.times()).isZero();
                refused++;
            }
        }
        await().until(() -> outcomes.stream().allMatch(outcome -> outcome.times() == 1));

        long confirmed = outcomes.stream().filter(Outcome::isConfirmed).count();
        assertThat(confirmed).isBetween(1L, 199L).isEqualTo(stored("SMALL"));
        assertThat(outcomes.stream().filter(outcome -> !outcome.isConfirmed()))
                .allMatch(outcome -> outcome.failure().kind() == BackendFailure.Kind.FULL);
        assertThat(refused + outcomes.size()).isEqualTo(200);
    }

    @Test
    void anAddressThatBlocksParksItsOwnClientOnly() throws Exception {
        Thread parked =
                Thread.ofVirtual()
                        .start(() -> {
                            try {
                                for (int n = 0; n < 10_000; n++) {
                                    session.send(
                                            Messages.queue("PARKED"),
                                            Messages.text("x".repeat(1000)),
                                            new Outcome());
                                }
                            } catch (InterruptedException | BackendFailure e) {
                                // the test is over
                            }
                        });
        await().until(() -> parked.getState() == Thread.State.TIMED_WAITING);

        var outcome = new Outcome();
        var neighbour = backend.open();
        neighbour.send(Messages.queue("ORDERS"), Messages.text("free"), outcome);

        assertThat(outcome.awaitEnd().isConfirmed()).isTrue();
        assertThat(parked.isAlive()).isTrue();
        parked.interrupt();
        assertThat(parked.join(Duration.ofSeconds(5))).isTrue();
    }

    @Test
    void closingConfirmsOrFailsEverySendOnce() throws Exception {
        List<Outcome> outcomes = IntStream.range(0, 500).mapToObj(_ -> new Outcome()).toList();
        for (Outcome outcome : outcomes) {
            session.send(Messages.queue("ORDERS"), Messages.text("m"), outcome);
        }
        session.close();

        await().untilAsserted(() -> assertThat(outcomes).allMatch(outcome -> outcome.times() == 1));
    }

    private long stored(String queue) {
        return broker.queueNamed(queue).getMessageCount();
    }

    private BackendFailure failure(Target target, Map<String, String> headers) {
        return catchThrowableOfType(
                BackendFailure.class,
                () -> session.send(target, Messages.text("m", headers), new Outcome()));
    }
}
