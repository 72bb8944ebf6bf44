/// A load generator: how many messages a second cross the gateway, for one build of it or two side
/// by side.
@NullMarked
package footbridge.bench;

import org.jspecify.annotations.NullMarked;
