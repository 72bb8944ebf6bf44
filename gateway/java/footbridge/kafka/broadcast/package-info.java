/// Brings every subscriber every record of a topic: live by one shared reader, before that by
/// readers that catch up with it.
@NullMarked
package footbridge.kafka.broadcast;

import org.jspecify.annotations.NullMarked;
