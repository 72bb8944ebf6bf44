/// Turns messages of clients into Kafka's records, and back, and says where in a topic a client is.
@NullMarked
package footbridge.kafka.record;

import org.jspecify.annotations.NullMarked;
