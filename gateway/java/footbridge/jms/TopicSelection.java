package footbridge.jms;

import footbridge.backend.Target.JmsTopic;

/// The messages of a topic that a filter lets through.
record TopicSelection(JmsTopic target, Filter filter) {}
