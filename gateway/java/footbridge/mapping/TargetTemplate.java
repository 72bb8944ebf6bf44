package footbridge.mapping;

import static java.util.stream.Collectors.joining;

import footbridge.access.Identity;
import footbridge.backend.Backend;
import footbridge.backend.KafkaUse;
import footbridge.backend.KafkaUse.Choice;
import footbridge.backend.SlowReader;
import footbridge.backend.Target;
import footbridge.backend.Target.Creation;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The `to` of a rule: the targets it can lead to.
public final class TargetTemplate {

    private final Form form;
    private final String backend;
    private final TextTemplate name;
    private final RecordTemplate records;
    private final Creation creation;
    private final List<Part.Personal> personal;
    private final KafkaUse use;
    private final Optional<GroupTemplate> group;

    public TargetTemplate(Form form, String backend, TextTemplate name, Creation creation) {
        this(form, backend, name, creation, RecordTemplate.ANY, KafkaUse.PLAIN, Optional.empty());
    }

    /// @param records for Kafka, as `use` and `group` are
    public TargetTemplate(
            Form form,
            String backend,
            TextTemplate name,
            Creation creation,
            RecordTemplate records,
            KafkaUse use,
            Optional<GroupTemplate> group) {
        this.form = form;
        this.backend = backend;
        this.name = name;
        this.creation = creation;
        this.records = records;
        this.use = use;
        this.group = group;
        this.personal =
                Stream.of(Stream.of(name), records.texts(), group.map(GroupTemplate::name).stream())
                        .flatMap(texts -> texts)
                        .flatMap(text -> text.personal().stream())
                        .distinct()
                        .toList();
    }

    /// The name of the broker connection in the settings.
    public String backend() {
        return backend;
    }

    public Backend.Kind kind() {
        return form == Form.KAFKA_TOPIC ? Backend.Kind.KAFKA : Backend.Kind.JMS;
    }

    /// What can become of a client that reads too slowly: the reader of a queue or a group serves
    /// it alone and waits; that of a topic serves many and waits for none, but Kafka still has the
    /// records later. The first is what is not said.
    public List<SlowReader> slow() {
        if (form == Form.JMS_QUEUE || sharesRecords()) {
            return List.of(SlowReader.PAUSE);
        }
        return form == Form.JMS_TOPIC
                ? List.of(SlowReader.DISCONNECT, SlowReader.DROP_OLDEST)
                : List.of(SlowReader.values());
    }

    public Creation creation() {
        return creation;
    }

    /// Whether subscribers share the records in a group of Kafka.
    public boolean sharesRecords() {
        return group.isPresent();
    }

    /// Whether that is a consumer group, which settles records in their order alone.
    public boolean settlesInOrder() {
        return group.filter(each -> each.kind() == GroupTemplate.Kind.CONSUMER).isPresent();
    }

    /// The named producer that sends to it, for Kafka.
    public Optional<String> producer() {
        return use.producer();
    }

    /// The placeholders in the target that are about the client.
    List<Part.Personal> personal() {
        return personal;
    }

    /// Whether every request leads to the same target.
    boolean fixed() {
        return name.fixed()
                && records.texts().allMatch(TextTemplate::fixed)
                && group.map(GroupTemplate::name).map(TextTemplate::fixed).orElse(true);
    }

    /// Whether a `*` can stand for each variable of the destination, and fits then what the
    /// variable could be: the whole of a word.
    public boolean takesWildcards(DestinationTemplate destination) {
        return form == Form.JMS_TOPIC && destination.hasWordsOnly() && name.hasWordsOnly();
    }

    /// The target of one request.
    Filling fill(Bindings bindings) {
        for (Part.Personal placeholder : personal) {
            Optional<String> value = bindings.value(placeholder);
            if (value.isEmpty() || !SafeText.isSafe(value.get())) {
                return new Filling.Refused(unfit(placeholder, value));
            }
        }
        String filled = name.fill(bindings);
        if (form == Form.KAFKA_TOPIC && !KafkaNames.mayName(filled, name)) {
            return new Filling.Refused(
                    "%s is not a name that a Kafka topic may have here"
                            .formatted(Spelling.quote(filled)));
        }
        return new Filling.Filled(target(filled, bindings));
    }

    private static String unfit(Part.Personal placeholder, Optional<String> value) {
        String what =
                switch (placeholder) {
                    case Part.User _ -> "the client's name";
                    case Part.Claim(var name) -> "the client's claim '%s'".formatted(name);
                };
        return value.isEmpty()
                ? what + " goes into the target, and this client has none"
                : what
                        + " goes into the target but is empty, too long or holds more than letters, digits and '-_=@~'";
    }

    private Target target(String filled, Bindings bindings) {
        return switch (form) {
            case JMS_QUEUE -> new Target.JmsQueue(backend, filled, creation);
            case JMS_TOPIC -> new Target.JmsTopic(backend, filled, creation);
            case KAFKA_TOPIC -> kafka(filled, bindings);
        };
    }

    private Target kafka(String topic, Bindings bindings) {
        KafkaUse filtering =
                records.filter().isEmpty() ? use : use.with(records.filledFilter(bindings));
        return new Target.KafkaTopic(
                backend,
                topic,
                records.key().map(template -> template.fill(bindings)),
                creation,
                group.map(template -> filtering.with(template.fill(bindings))).orElse(filtering));
    }

    /// The way back to a destination for this client.
    Reversal reversal(DestinationTemplate destination, Identity client) {
        return new Reversal(destination, name, client);
    }

    /// The name of `target`, if it is of the broker and kind to which the template leads.
    Optional<String> nameOf(Target target) {
        if (!target.backend().equals(backend)) {
            return Optional.empty();
        }
        return switch (target) {
            case Target.JmsQueue queue when form == Form.JMS_QUEUE -> Optional.of(queue.queue());
            case Target.JmsTopic topic when form == Form.JMS_TOPIC -> Optional.of(topic.topic());
            default -> Optional.empty();
        };
    }

    /// The template in words, like `jms artemis, queue ORDERS.{region}`.
    @Override
    public String toString() {
        return switch (form) {
            case JMS_QUEUE -> "jms %s, queue %s".formatted(backend, name);
            case JMS_TOPIC -> "jms %s, topic %s".formatted(backend, name);
            case KAFKA_TOPIC ->
                    "kafka %s, topic %s%s%s".formatted(backend, name, records, useInWords());
        };
    }

    private String useInWords() {
        StringBuilder words = new StringBuilder();
        group.ifPresent(template -> words.append(", ").append(template));
        use.partition().ifPresent(number -> words.append(", partition ").append(number));
        use.producer().ifPresent(name -> words.append(", producer ").append(name));
        if (!use.choices().isEmpty()) {
            words.append(", clients set ")
                    .append(
                            use.choices().stream()
                                    .sorted()
                                    .map(Choice::word)
                                    .collect(joining(" ")));
        }
        return words.toString();
    }

    /// What kind of thing at a broker a rule leads to.
    public enum Form {
        JMS_QUEUE,
        JMS_TOPIC,
        KAFKA_TOPIC
    }

    /// The target of one request, or why there is none.
    sealed interface Filling {

        record Filled(Target target) implements Filling {}

        /// @param reason for the operator
        record Refused(String reason) implements Filling {}
    }
}
