/// Members of Kafka's share groups: each gets records of its own, and settles them one by one.
@NullMarked
package footbridge.kafka.share;

import org.jspecify.annotations.NullMarked;
