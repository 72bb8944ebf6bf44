package footbridge.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import footbridge.kafka.client.KafkaSettings;
import footbridge.kafka.client.KafkaTimes;
import footbridge.testbed.KafkaBroker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.quota.ClientQuotaAlteration;
import org.apache.kafka.common.quota.ClientQuotaEntity;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/// A broker for a test class, with a plain admin client and a plain producer to do and see what
/// others than the gateway do with the cluster.
public final class KafkaCluster implements AutoCloseable {

    /// Where nothing configures logging, Kafka's clients trace each turn of their loops, which
    /// takes most of a busy machine. Held here, because a logger that nobody holds forgets its
    /// level.
    private static final List<Logger> QUIET =
            Stream.of("org.apache.kafka", "kafka", "state.change.logger")
                    .map(Logger::getLogger)
                    .peek(logger -> logger.setLevel(Level.WARNING))
                    .toList();

    private final Path folder;
    public final KafkaBroker broker;
    private final Admin admin;
    private final Producer<byte[], byte[]> producer;

    KafkaCluster() {
        this(Map.of());
    }

    KafkaCluster(Map<String, String> brokerSettings) {
        assertThat(QUIET).isNotEmpty();
        try {
            folder = Files.createTempDirectory("footbridge-kafka");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        broker = KafkaBroker.onFreePorts(folder.resolve("data"), brokerSettings).start();
        admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
        producer =
                new KafkaProducer<>(
                        Map.of("bootstrap.servers", broker.bootstrapServers(), "linger.ms", 0),
                        new ByteArraySerializer(),
                        new ByteArraySerializer());
    }

    /// A cluster whose clients, once they have found it, talk to it over `line`.
    public static KafkaCluster reachedThrough(HeldLine line) {
        return reachedThrough(line, Map.of());
    }

    static KafkaCluster reachedThrough(HeldLine line, Map<String, String> brokerSettings) {
        Map<String, String> all = new HashMap<>(brokerSettings);
        all.put("advertised.listeners", "CLIENTS://127.0.0.1:" + line.port());
        KafkaCluster cluster = new KafkaCluster(all);
        line.leadTo(cluster.broker.port());
        return cluster;
    }

    /// What the broker itself has written of a topic with one partition.
    long octetsOnDisk(String topic) throws IOException {
        return Files.size(
                folder.resolve("data/" + topic + "-0").resolve("00000000000000000000.log"));
    }

    /// A backend in front of this cluster which notices quickly what happens to it.
    KafkaBackend backend(Map<String, String> properties) {
        return new KafkaBackend(settings(broker.bootstrapServers(), properties));
    }

    public static KafkaSettings settings(String bootstrapServers, Map<String, String> properties) {
        return new KafkaSettings("kafka", bootstrapServers, properties)
                .with(
                        new KafkaTimes(
                                Duration.ofSeconds(4),
                                Duration.ofSeconds(2),
                                Duration.ofMillis(200),
                                Duration.ofMillis(300)));
    }

    public void createTopic(String topic, int partitions) throws Exception {
        createTopic(topic, partitions, Map.of());
    }

    public void createTopic(String topic, int partitions, Map<String, String> configs)
            throws Exception {
        admin.createTopics(List.of(new NewTopic(topic, partitions, (short) 1).configs(configs)))
                .all()
                .get();
        // The controller has it; the broker hears of it a moment later.
        await().atMost(Duration.ofSeconds(30)).until(() -> hasTopic(topic));
    }

    void deleteTopic(String topic) throws Exception {
        admin.deleteTopics(List.of(topic)).all().get();
    }

    void growTopic(String topic, int partitions) throws Exception {
        admin.createPartitions(Map.of(topic, NewPartitions.increaseTo(partitions))).all().get();
    }

    /// What retention does in time: the records before `offset` go.
    void deleteRecords(String topic, long offset) throws Exception {
        admin.deleteRecords(
                        Map.of(new TopicPartition(topic, 0), RecordsToDelete.beforeOffset(offset)))
                .all()
                .get();
    }

    /// What a fault of a disk does, or a new leader that lacks records: the node is stopped, and
    /// when it is there again partition 0 of each topic begins anew.
    void loseRecords(String... topics) throws IOException {
        broker.stop();
        for (String topic : topics) {
            try (Stream<Path> files = Files.list(folder.resolve("data/" + topic + "-0"))) {
                files.filter(file -> !file.endsWith("partition.metadata"))
                        .map(Path::toFile)
                        .forEach(java.io.File::delete);
            }
        }
        broker.start();
    }

    /// As an operator who gives a client a rate, in octets per second.
    void limitProducer(String clientId, double rate) throws Exception {
        var entity = new ClientQuotaEntity(Map.of(ClientQuotaEntity.CLIENT_ID, clientId));
        var limit = new ClientQuotaAlteration.Op("producer_byte_rate", rate);
        admin.alterClientQuotas(List.of(new ClientQuotaAlteration(entity, List.of(limit))))
                .all()
                .get();
    }

    boolean hasTopic(String topic) throws Exception {
        return admin.listTopics().names().get().contains(topic);
    }

    int partitions(String topic) throws Exception {
        var described = admin.describeTopics(List.of(topic)).allTopicNames().get();
        return Objects.requireNonNull(described.get(topic)).partitions().size();
    }

    /// What the group has committed; -1 for nothing.
    long offset(String group, String topic, int partition) throws Exception {
        OffsetAndMetadata offset =
                admin.listConsumerGroupOffsets(group)
                        .partitionsToOffsetAndMetadata()
                        .get()
                        .get(new TopicPartition(topic, partition));
        return offset == null ? -1 : offset.offset();
    }

    /// A consumer as applications have it, with nothing but the defaults of Kafka's client.
    KafkaConsumer<byte[], byte[]> application(String group) {
        return application(group, Map.of());
    }

    KafkaConsumer<byte[], byte[]> application(String group, Map<String, Object> more) {
        Map<String, Object> properties = new HashMap<>(more);
        properties.put("bootstrap.servers", broker.bootstrapServers());
        properties.put("group.id", group);
        return new KafkaConsumer<>(
                properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /// How many members of a consumer group have something to read.
    long membersWithPartitions(String group) throws Exception {
        var described = admin.describeConsumerGroups(List.of(group)).describedGroups();
        return Objects.requireNonNull(described.get(group)).get().members().stream()
                .filter(member -> !member.assignment().topicPartitions().isEmpty())
                .count();
    }

    /// Whether a group is stable, or what it does.
    String groupState(String group) throws Exception {
        var described = admin.describeConsumerGroups(List.of(group)).describedGroups();
        return Objects.requireNonNull(described.get(group)).get().groupState().name();
    }

    void produce(ProducerRecord<byte[], byte[]> record)
            throws ExecutionException, InterruptedException {
        producer.send(record).get();
    }

    void produce(String topic, Optional<String> key, String value)
            throws ExecutionException, InterruptedException {
        byte[] keyOctets = key.map(text -> text.getBytes(StandardCharsets.UTF_8)).orElse(null);
        produce(
                new ProducerRecord<>(
                        topic, null, keyOctets, value.getBytes(StandardCharsets.UTF_8)));
    }

    /// Returns when all are stored.
    void produceAll(List<ProducerRecord<byte[], byte[]>> records)
            throws ExecutionException, InterruptedException {
        List<Future<?>> sent = new ArrayList<>(records.size());
        for (ProducerRecord<byte[], byte[]> record : records) {
            sent.add(producer.send(record));
        }
        for (Future<?> each : sent) {
            each.get();
        }
    }

    void produceTo(String topic, int partition, String value)
            throws ExecutionException, InterruptedException {
        produce(
                new ProducerRecord<>(
                        topic, partition, null, value.getBytes(StandardCharsets.UTF_8)));
    }

    void produceInTransaction(String topic, String value, boolean commit) {
        try (var transactional =
                new KafkaProducer<>(
                        Map.of(
                                "bootstrap.servers",
                                broker.bootstrapServers(),
                                "transactional.id",
                                "testbed"),
                        new ByteArraySerializer(),
                        new ByteArraySerializer())) {
            transactional.initTransactions();
            transactional.beginTransaction();
            var _ =
                    transactional.send(
                            new ProducerRecord<>(topic, value.getBytes(StandardCharsets.UTF_8)));
            if (commit) {
                transactional.commitTransaction();
            } else {
                transactional.flush();
                transactional.abortTransaction();
            }
        }
    }

    /// All records of a topic up to its end now, in the order of each partition.
    List<ConsumerRecord<byte[], byte[]>> records(String topic) {
        try (var consumer =
                new KafkaConsumer<>(
                        Map.of("bootstrap.servers", broker.bootstrapServers()),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer())) {
            List<TopicPartition> partitions =
                    IntStream.range(0, consumer.partitionsFor(topic).size())
                            .mapToObj(i -> new TopicPartition(topic, i))
                            .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            List<ConsumerRecord<byte[], byte[]>> all = new ArrayList<>();
            while (partitions.stream()
                    .anyMatch(p -> consumer.position(p) < ends.getOrDefault(p, 0L))) {
                consumer.poll(Duration.ofMillis(200)).forEach(all::add);
            }
            return all;
        }
    }

    @Override
    public void close() throws IOException {
        producer.close(Duration.ZERO);
        admin.close(Duration.ZERO);
        broker.close();
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(java.io.File::delete);
        }
    }
}
