package footbridge.faults;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.summarizingLong;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListShareGroupOffsetsSpec;
import org.apache.kafka.clients.admin.NewPartitionReassignment;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.ElectionType;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/// The cluster without a gateway in between.
final class PlainKafka implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int PARTITIONS = 3;

    private final String servers;
    private final Admin admin;
    private final Producer<String, String> producer;

    PlainKafka(String servers) {
        this.servers = servers;
        this.admin = Admin.create(Map.of("bootstrap.servers", servers));
        this.producer =
                new KafkaProducer<>(
                        Map.of("bootstrap.servers", servers, "acks", "all"),
                        new StringSerializer(),
                        new StringSerializer());
    }

    /// Makes topics of three partitions, each on every node.
    void create(List<String> topics) throws ExecutionException, InterruptedException {
        admin.createTopics(topics.stream().map(PlainKafka::topic).toList()).all().get();
        await().atMost(PATIENCE).until(() -> admin.listTopics().names().get().containsAll(topics));
    }

    /// Makes a topic that takes records only while every node has all of it.
    void createStrict(String topic, int nodes) throws ExecutionException, InterruptedException {
        var all = Map.of("min.insync.replicas", Integer.toString(nodes));
        admin.createTopics(List.of(topic(topic).configs(all))).all().get();
    }

    private static NewTopic topic(String name) {
        return new NewTopic(name, Optional.of(PARTITIONS), Optional.empty());
    }

    void put(String topic, List<String> bodies) throws ExecutionException, InterruptedException {
        List<Future<?>> sent = new ArrayList<>();
        for (String body : bodies) {
            sent.add(
                    producer.send(
                            new ProducerRecord<>(
                                    topic,
                                    Math.floorMod(body.hashCode(), PARTITIONS),
                                    null,
                                    body)));
        }
        for (Future<?> each : sent) {
            each.get();
        }
    }

    /// What is committed in the topic, each partition in its order.
    List<String> read(String topic) {
        return records(topic).stream().map(ConsumerRecord::value).toList();
    }

    private List<ConsumerRecord<String, String>> records(String topic) {
        try (var consumer =
                new KafkaConsumer<>(
                        Map.of("bootstrap.servers", servers, "isolation.level", "read_committed"),
                        new StringDeserializer(),
                        new StringDeserializer())) {
            List<TopicPartition> all = partitions(topic);
            consumer.assign(all);
            consumer.seekToBeginning(all);
            Map<TopicPartition, Long> ends = consumer.endOffsets(all);
            List<ConsumerRecord<String, String>> records = new ArrayList<>();
            while (all.stream()
                    .anyMatch(each -> consumer.position(each) < ends.getOrDefault(each, 0L))) {
                consumer.poll(Duration.ofMillis(200)).forEach(records::add);
            }
            return records;
        }
    }

    /// Where records of the topic lie that a share group has brought to nobody, and how the group
    /// stands: what is below the start of its partition the group is done with, the rest is still
    /// to come from the member that has the partition.
    String whereabouts(Collection<String> bodies, String topic, String group)
            throws ExecutionException, InterruptedException {
        var missing = new HashSet<>(bodies);
        var offsets =
                records(topic).stream()
                        .filter(record -> missing.contains(record.value()))
                        .collect(
                                groupingBy(
                                        ConsumerRecord::partition,
                                        summarizingLong(ConsumerRecord::offset)));
        var starts = Map.of(group, new ListShareGroupOffsetsSpec());
        return "missing by partition, offsets=%s starts=%s members=%s"
                .formatted(
                        offsets,
                        admin.listShareGroupOffsets(starts).partitionsToOffsetInfo(group).get(),
                        admin.describeShareGroups(List.of(group)).all().get());
    }

    /// How many records of the topic the group has not settled.
    long lag(String group, String topic) throws ExecutionException, InterruptedException {
        var settled = admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get();
        Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
        partitions(topic).forEach(each -> latest.put(each, OffsetSpec.latest()));
        var ends = admin.listOffsets(latest).all().get();
        return ends.entrySet().stream()
                .mapToLong(end -> {
                    var offset = settled.get(end.getKey());
                    return end.getValue().offset() - (offset == null ? 0 : offset.offset());
                })
                .sum();
    }

    /// Whether every node has everything of these topics.
    boolean inSync(List<String> topics, int nodes) throws ExecutionException, InterruptedException {
        return described(topics).values().stream()
                .flatMap(topic -> topic.partitions().stream())
                .allMatch(partition -> partition.isr().size() == nodes);
    }

    /// Makes another node the leader of each partition.
    void moveLeaders(List<String> topics) {
        Map<TopicPartition, Optional<NewPartitionReassignment>> turned = new HashMap<>();
        answered(() -> admin.describeTopics(topics).allTopicNames())
                .forEach((name, topic) ->
                        topic.partitions()
                                .forEach(partition ->
                                        turned.put(
                                                new TopicPartition(name, partition.partition()),
                                                Optional.of(turned(partition)))));
        answered(() -> admin.alterPartitionReassignments(turned).all());
        answered(() -> admin.electLeaders(ElectionType.PREFERRED, turned.keySet()).partitions());
    }

    /// The node that leads comes last.
    private static NewPartitionReassignment turned(TopicPartitionInfo partition) {
        List<Integer> nodes = new ArrayList<>();
        partition.replicas().forEach(node -> nodes.add(node.id()));
        Collections.rotate(nodes, -1 - nodes.indexOf(partition.leader().id()));
        return new NewPartitionReassignment(nodes);
    }

    private Map<String, TopicDescription> described(List<String> topics)
            throws ExecutionException, InterruptedException {
        return admin.describeTopics(topics).allTopicNames().get();
    }

    private static List<TopicPartition> partitions(String topic) {
        return IntStream.range(0, PARTITIONS).mapToObj(i -> new TopicPartition(topic, i)).toList();
    }

    private interface Question<T> {
        KafkaFuture<T> ask();
    }

    /// The cluster may be electing a controller.
    private static <T> T answered(Question<T> question) {
        return await().atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> Arrays.asList(question.ask().get()), _ -> true)
                .getFirst();
    }

    @Override
    public void close() {
        producer.close(Duration.ZERO);
        admin.close(Duration.ZERO);
    }
}
