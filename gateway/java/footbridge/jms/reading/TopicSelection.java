package footbridge.jms.reading;

import footbridge.backend.Target.JmsTopic;

/// The messages of a topic that a filter lets through.
public record TopicSelection(JmsTopic target, Filter filter) {}
