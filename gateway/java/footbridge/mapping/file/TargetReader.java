package footbridge.mapping.file;

import footbridge.backend.Backend;
import footbridge.backend.KafkaUse;
import footbridge.backend.Target.Creation;
import footbridge.mapping.BrokerNames;
import footbridge.mapping.GroupTemplate;
import footbridge.mapping.RecordTemplate;
import footbridge.mapping.Spelling;
import footbridge.mapping.TargetTemplate;
import footbridge.mapping.TargetTemplate.Form;
import footbridge.mapping.TextTemplate;
import footbridge.mapping.file.Fields.Keys;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.nodes.Node;

/// Reads the `to` of a rule.
final class TargetReader {

    private static final Keys KEYS =
            new Keys(
                    List.of(
                            "jms",
                            "kafka",
                            "queue",
                            "topic",
                            "key",
                            "filter",
                            "partition",
                            "producer",
                            "client-sets",
                            "share-group",
                            "group"),
                    List.of());

    private static final List<String> FOR_KAFKA =
            Stream.concat(Stream.of("key", "filter"), KafkaUseReader.KEYS.stream()).toList();

    private final RuleFile file;
    private final BrokerNames names;
    private final Map<String, Backend.Kind> backends;

    TargetReader(RuleFile file, BrokerNames names) {
        this.file = file;
        this.names = names;
        this.backends = names.kinds();
    }

    /// @param variables of the rule's destination; empty if it could not be read, and then nothing
    ///   is said about variables
    Optional<TargetTemplate> read(Node node, Optional<List<String>> variables, Creation creation) {
        Optional<Fields> fields =
                Fields.of(
                        node,
                        "'to' must be a mapping, like { jms: NAME, queue: orders },",
                        KEYS,
                        file);
        if (fields.isEmpty()) {
            return Optional.empty();
        }
        if (fields.get().has("jms") == fields.get().has("kafka")) {
            fields.get().lacks("'to' needs one broker: either 'jms: NAME' or 'kafka: NAME'", file);
            return Optional.empty();
        }
        TextTemplateReader texts = new TextTemplateReader(file, variables);
        return fields.get().has("jms")
                ? jms(fields.get(), texts, creation)
                : kafka(fields.get(), texts, creation);
    }

    private Optional<TargetTemplate> jms(
            Fields fields, TextTemplateReader texts, Creation creation) {
        Optional<String> backend = backend(fields, Backend.Kind.JMS);
        for (String key : FOR_KAFKA) {
            fields.get(key)
                    .ifPresent(node ->
                            file.fault(node, "'%s' is for Kafka; leave it out".formatted(key)));
        }
        if (fields.has("queue") == fields.has("topic")) {
            fields.lacks("'to' needs one of 'queue' and 'topic' beside 'jms'", file);
            return Optional.empty();
        }
        String word = fields.has("queue") ? "queue" : "topic";
        Form form = fields.has("queue") ? Form.JMS_QUEUE : Form.JMS_TOPIC;
        Optional<TextTemplate> name = fields.get(word).flatMap(n -> texts.jmsName(n, word));
        if (backend.isEmpty() || name.isEmpty() || FOR_KAFKA.stream().anyMatch(fields::has)) {
            return Optional.empty();
        }
        return Optional.of(new TargetTemplate(form, backend.get(), name.get(), creation));
    }

    private Optional<TargetTemplate> kafka(
            Fields fields, TextTemplateReader texts, Creation creation) {
        Optional<String> backend = backend(fields, Backend.Kind.KAFKA);
        fields.get("queue")
                .ifPresent(queue -> file.fault(queue, "Kafka has no queues; write 'topic'"));
        if (!fields.has("topic") && !fields.has("queue")) {
            fields.lacks("'to' needs 'topic' beside 'kafka'", file);
        }
        Optional<TextTemplate> topic = fields.get("topic").flatMap(texts::kafkaTopic);
        Optional<TextTemplate> key = fields.get("key").flatMap(n -> texts.text(n, "'key'"));
        KafkaUse use = new KafkaUseReader(file).read(fields);
        backend.ifPresent(cluster -> checkProducer(fields, cluster));
        Optional<GroupTemplate> group = group(fields, texts);
        group.ifPresent(each -> checkGroup(fields, each.kind()));
        boolean sound = !fields.has("queue") && key.isPresent() == fields.has("key");
        if (backend.isEmpty() || topic.isEmpty() || !sound) {
            return Optional.empty();
        }
        return Optional.of(
                new TargetTemplate(
                        Form.KAFKA_TOPIC,
                        backend.get(),
                        topic.get(),
                        creation,
                        new RecordTemplate(key, filter(fields, texts)),
                        use,
                        group));
    }

    private Map<String, TextTemplate> filter(Fields fields, TextTemplateReader texts) {
        Map<String, TextTemplate> filter = new LinkedHashMap<>();
        fields.get("filter")
                .ifPresent(node ->
                        file.entries(node, "'filter'", "{ region: eu }")
                                .forEach((name, value) ->
                                        texts.text(value, Spelling.quote(name))
                                                .ifPresent(text -> filter.put(name, text))));
        return filter;
    }

    private void checkProducer(Fields fields, String cluster) {
        Optional<Node> node = fields.get("producer");
        Optional<Set<String>> known = names.producersOf(cluster);
        if (node.isEmpty() || known.isEmpty()) {
            return;
        }
        String name = Fields.key(node.get());
        if (!known.get().contains(name)) {
            file.fault(
                    node.get(),
                    "there is no footbridge.kafka.%s.producers.%s%sconfigure it, or leave 'producer' out"
                            .formatted(
                                    cluster,
                                    name,
                                    Spelling.suggest(name, List.copyOf(known.get()))));
        }
    }

    private static Optional<GroupTemplate> group(Fields fields, TextTemplateReader texts) {
        return Stream.of(GroupTemplate.Kind.values())
                .filter(kind -> fields.has(kind.key()))
                .findFirst()
                .flatMap(kind ->
                        fields.get(kind.key())
                                .flatMap(node -> texts.text(node, "'%s'".formatted(kind.key())))
                                .map(name -> new GroupTemplate(kind, name)));
    }

    private void checkGroup(Fields fields, GroupTemplate.Kind kind) {
        for (String word : List.of("key", "filter")) {
            if (fields.has(word)) {
                file.fault(
                        fields.get(kind.key()).orElseThrow(),
                        "a %s gets every record and takes no '%s'; leave one of the two out"
                                .formatted(kind.key().replace('-', ' '), word));
            }
        }
        if (fields.has("group") && fields.has("share-group")) {
            file.fault(
                    fields.get("group").orElseThrow(),
                    "a topic is read in one group; leave out 'group' or 'share-group'");
        }
    }

    private Optional<String> backend(Fields fields, Backend.Kind kind) {
        String word = kind.name().toLowerCase(Locale.ROOT);
        Node node = fields.get(word).orElseThrow();
        Optional<String> name = file.text(node, "'%s'".formatted(word));
        if (name.isPresent() && backends.get(name.get()) != kind) {
            file.fault(node, wrongBackend(name.get(), kind));
            return Optional.empty();
        }
        return name;
    }

    private String wrongBackend(String name, Backend.Kind kind) {
        List<String> names =
                backends.keySet().stream().filter(n -> backends.get(n) == kind).sorted().toList();
        String configured =
                names.isEmpty() ? "none is configured" : "configured: " + String.join(", ", names);
        if (backends.containsKey(name)) {
            return "%s is %s; write '%s: %s', or name %s (%s)"
                    .formatted(
                            Spelling.quote(name),
                            words(other(kind)),
                            other(kind).name().toLowerCase(Locale.ROOT),
                            name,
                            words(kind),
                            configured);
        }
        return "%s is not %s%s%s"
                .formatted(
                        Spelling.quote(name),
                        words(kind),
                        Spelling.suggest(name, names),
                        configured);
    }

    private static Backend.Kind other(Backend.Kind kind) {
        return switch (kind) {
            case JMS -> Backend.Kind.KAFKA;
            case KAFKA -> Backend.Kind.JMS;
        };
    }

    private static String words(Backend.Kind kind) {
        return switch (kind) {
            case JMS -> "a JMS broker";
            case KAFKA -> "a Kafka cluster";
        };
    }
}
