/// Proves the room `jms` against a real broker in this JVM, and plain Jakarta Messaging clients.
@NullMarked
package footbridge.jms;

import org.jspecify.annotations.NullMarked;
