/// Sends records, each by itself or several in one transaction of Kafka.
@NullMarked
package footbridge.kafka.send;

import org.jspecify.annotations.NullMarked;
