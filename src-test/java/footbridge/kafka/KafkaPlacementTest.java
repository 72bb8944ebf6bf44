package footbridge.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import footbridge.backend.BackendFailure;
import footbridge.backend.BackendFailure.Kind;
import footbridge.backend.BackendSession;
import footbridge.backend.KafkaUse;
import footbridge.backend.KafkaUse.Choice;
import footbridge.backend.Message;
import footbridge.backend.Target.Creation;
import footbridge.backend.Target.KafkaTopic;
import footbridge.kafka.client.NamedProducer;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Where a SEND's record goes, and what the broker says of that.
class KafkaPlacementTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static KafkaCluster cluster;
    private static KafkaBackend backend;
    private static BackendSession session;

    @BeforeAll
    static void start() {
        cluster = new KafkaCluster();
        Map<String, NamedProducer> producers =
                Map.of(
                        "gzip", new NamedProducer("gzip", Duration.ofMillis(5)),
                        "snappy", new NamedProducer("snappy", Duration.ofMillis(5)),
                        "lz4", new NamedProducer("lz4", Duration.ofMillis(5)),
                        "zstd", new NamedProducer("zstd", Duration.ofMillis(5)));
        backend =
                new KafkaBackend(
                        KafkaCluster.settings(cluster.broker.bootstrapServers(), Map.of())
                                .with(producers));
        await().atMost(PATIENCE).until(() -> backend.availability().up());
        session = backend.open();
    }

    @AfterAll
    static void stop() throws Exception {
        backend.close();
        cluster.close();
    }

    @Test
    void theConfirmationSaysWhereTheRecordIs() throws Exception {
        cluster.createTopic("placed", 3);
        KafkaTopic second =
                topic(
                        "placed",
                        new KafkaUse(
                                OptionalInt.of(2),
                                Optional.empty(),
                                Set.of(),
                                KafkaUse.Sharing.BROADCAST));

        sent(second, Map.of());

        assertThat(sent(second, Map.of()).place)
                .isEqualTo(Map.of("kafka-partition", "2", "kafka-offset", "1"));
        assertThat(cluster.records("placed")).extracting(ConsumerRecord::partition).containsOnly(2);
    }

    @Test
    void aClientChoosesWhatTheRuleLeavesToIt() throws Exception {
        cluster.createTopic("chosen", 3);

        sent(
                topic("chosen", choosing()),
                Map.of(
                        "kafka-key", "k",
                        "kafka-partition", "1",
                        "kafka-timestamp", "1700000000000",
                        "kafka-tombstone", "true",
                        "x", "y"));

        ConsumerRecord<byte[], byte[]> stored = cluster.records("chosen").getFirst();
        assertThat(new String(stored.key(), UTF_8)).isEqualTo("k");
        assertThat(stored.partition()).isEqualTo(1);
        assertThat(stored.timestamp()).isEqualTo(1_700_000_000_000L);
        assertThat(stored.value()).isNull();
        assertThat(stored.headers().toArray()).extracting(h -> h.key()).containsExactly("x");
    }

    @Test
    void aPartitionThatIsNotThereIsRefusedAtOnce() throws Exception {
        cluster.createTopic("narrow", 1);

        BackendFailure failure =
                catchThrowableOfType(
                        BackendFailure.class,
                        () -> sent(topic("narrow", choosing()), Map.of("kafka-partition", "1")));

        assertThat(failure.kind()).isEqualTo(Kind.NO_SUCH_TARGET);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "snappy", "lz4", "zstd"})
    void everyCodecIsWrittenAndRead(String codec) throws Exception {
        String name = "packed-" + codec;
        cluster.createTopic(name, 1);
        KafkaTopic packed =
                topic(
                        name,
                        new KafkaUse(
                                OptionalInt.empty(),
                                Optional.of(codec),
                                Set.of(),
                                KafkaUse.Sharing.BROADCAST));
        Received received = new Received();
        session.subscribe(packed, footbridge.backend.SubscribeOptions.automatic(10), received);
        String body = "over and over ".repeat(1000);

        Outcome outcome = new Outcome();
        session.send(
                packed,
                new Message(Map.of(), ByteBuffer.wrap(body.getBytes(UTF_8)), true),
                outcome);

        await().atMost(PATIENCE).until(() -> received.bodies().contains(body));
        await().atMost(PATIENCE).until(outcome::isConfirmed);
        assertThat(cluster.octetsOnDisk(name)).isLessThan(body.length() / 4);
    }

    private static Outcome sent(KafkaTopic topic, Map<String, String> headers) throws Exception {
        Outcome outcome = new Outcome();
        session.send(topic, new Message(headers, ByteBuffer.wrap(new byte[1]), false), outcome);
        await().atMost(PATIENCE).until(outcome::isConfirmed);
        return outcome;
    }

    private static KafkaTopic topic(String name, KafkaUse use) {
        return new KafkaTopic("kafka", name, Optional.empty(), Creation.NEVER, use);
    }

    private static KafkaUse choosing() {
        return new KafkaUse(
                OptionalInt.empty(),
                Optional.empty(),
                EnumSet.allOf(Choice.class),
                KafkaUse.Sharing.BROADCAST);
    }
}
