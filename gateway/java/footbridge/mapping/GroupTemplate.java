package footbridge.mapping;

import footbridge.backend.KafkaUse.Sharing;

/// The Kafka group in which the subscribers of a rule share a topic.
public record GroupTemplate(Kind kind, TextTemplate name) {

    /// What kind of group.
    public enum Kind {
        SHARE("share-group"),
        CONSUMER("group");

        private final String key;

        Kind(String key) {
            this.key = key;
        }

        /// The word of the rule files.
        public String key() {
            return key;
        }
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
