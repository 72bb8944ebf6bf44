package footbridge.kafka.share;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import footbridge.backend.Acknowledgement;
import footbridge.backend.BackendFailure;
import footbridge.backend.Confirmation;
import footbridge.backend.Settlement;
import footbridge.backend.SubscribeOptions;
import footbridge.kafka.Received;
import footbridge.kafka.client.KafkaClients;
import footbridge.kafka.client.KafkaSettings;
import footbridge.kafka.client.TopicCheck;
import footbridge.kafka.client.TopicInfo;
import footbridge.kafka.client.TopicQuestions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockShareConsumer;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.Test;

/// What a share consumer does in moments that no test can bring about for certain.
class ShareMemberTest {

    private static final String TOPIC = "topic";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /// The real one sends nothing, and says nothing, of a partition whose leader has just died.
    /// Kafka's mock never says anything.
    @Test
    void anAckOfWhichTheConsumerSaysNothingIsNotConfirmed() throws Exception {
        var silent = new MockShareConsumer<byte[], byte[]>();
        Received received = new Received();
        try (KafkaClients clients = new KafkaClients(nobody(), Duration.ofHours(1))) {
            ShareMember member = member(silent, received, clients);
            member.start(() -> {});
            await().atMost(PATIENCE).until(() -> silent.subscription().contains(TOPIC));
            silent.addRecord(new ConsumerRecord<>(TOPIC, 0, 0, new byte[0], "0".getBytes(UTF_8)));
            await().atMost(PATIENCE).until(() -> received.bodies().equals(List.of("0")));
            Told told = new Told();

            member.settle(List.of(acknowledged(member, received)), Optional.of(told));

            assertThat(told.answer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                    .get()
                    .extracting(BackendFailure::kind)
                    .isEqualTo(BackendFailure.Kind.OUTCOME_UNKNOWN);
            member.close();
        }
    }

    private static ShareMember member(
            MockShareConsumer<byte[], byte[]> consumer, Received received, KafkaClients clients) {
        return new ShareMember(
                consumer,
                new TopicCheck(
                        TOPIC,
                        new TopicInfo(Uuid.ZERO_UUID, 1, 1_000_000, false),
                        new TopicQuestions(clients, PATIENCE),
                        Duration.ofHours(1)),
                new SubscribeOptions(1, Acknowledgement.BY_CLIENT),
                received,
                PATIENCE);
    }

    private static KafkaSettings nobody() {
        return new KafkaSettings("kafka", "127.0.0.1:1", Map.of());
    }

    private static Settlement acknowledged(ShareMember member, Received received) {
        return new Settlement(
                member, received.deliveries.getFirst(), Settlement.Outcome.ACKNOWLEDGED);
    }

    /// How an ACK ended; empty if it was confirmed.
    private static final class Told implements Confirmation {

        final CompletableFuture<Optional<BackendFailure>> answer = new CompletableFuture<>();

        @Override
        public void confirmed() {
            answer.complete(Optional.empty());
        }

        @Override
        public void failed(BackendFailure why) {
            answer.complete(Optional.of(why));
        }
    }
}
