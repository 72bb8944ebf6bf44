/// Members of Kafka's consumer groups: each works a share of a topic's partitions off for one
/// client, and settles in order, as offsets.
///
/// Consumer groups with the classic protocol (KIP-429): a member keeps its partitions while others
/// come and go, and loses one only between two of its polls. So while a transaction of ours is on
/// its way, nothing changes hands.
@NullMarked
package footbridge.kafka.group;

import org.jspecify.annotations.NullMarked;
