package footbridge.jms.link;

import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.SimpleString;

/// Where the broker puts a message: one queue, or all queues of a topic.
public record Address(SimpleString name, RoutingType routing) {}
