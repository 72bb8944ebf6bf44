package footbridge.mapping;

import footbridge.backend.KafkaUse.Sharing;

/// The Kafka group in which the subscribers of a rule share a topic.
record GroupTemplate(TextTemplate name) {

    Sharing fill(Bindings bindings) {
        return new Sharing.ShareGroup(name.fill(bindings));
    }

    @Override
    public String toString() {
        return "share group " + name;
    }
}
