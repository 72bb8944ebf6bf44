package footbridge.mapping;

import footbridge.backend.KafkaUse.Sharing;
import java.util.Optional;
import java.util.stream.Stream;

/// The Kafka group in which the subscribers of a rule share a topic.
record GroupTemplate(Kind kind, TextTemplate name) {

    /// What kind of group.
    enum Kind {
        SHARE("share-group"),
        CONSUMER("group");

        private final String key;

        Kind(String key) {
            this.key = key;
        }

        /// The word of the rule files.
        String key() {
            return key;
        }
    }

    /// The group of a `to`, if it names one.
    static Optional<GroupTemplate> of(Fields fields, TextTemplateReader texts) {
        return Stream.of(Kind.values())
                .filter(kind -> fields.has(kind.key()))
                .findFirst()
                .flatMap(kind ->
                        fields.get(kind.key())
                                .flatMap(node -> texts.text(node, "'%s'".formatted(kind.key())))
                                .map(name -> new GroupTemplate(kind, name)));
    }

    Sharing fill(Bindings bindings) {
        String group = name.fill(bindings);
        return switch (kind) {
            case SHARE -> new Sharing.ShareGroup(group);
            case CONSUMER -> new Sharing.ConsumerGroup(group);
        };
    }

    @Override
    public String toString() {
        return kind.key().replace('-', ' ') + " " + name;
    }
}
