/// Kafka's clients, their settings and failures, and what is asked of a cluster: which topics it
/// has, whether it answers.
@NullMarked
package footbridge.kafka.client;

import org.jspecify.annotations.NullMarked;
