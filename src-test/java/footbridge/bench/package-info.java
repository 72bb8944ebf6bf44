/// The benchmark: one load client for all servers, and how many messages a second cross the gateway
/// beside them.
@NullMarked
package footbridge.bench;

import org.jspecify.annotations.NullMarked;
