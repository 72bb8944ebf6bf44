/// Proves `transport.sockjs`.
@NullMarked
package footbridge.transport.sockjs;

import org.jspecify.annotations.NullMarked;
