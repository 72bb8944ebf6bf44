/// How octets come in and go out.
@NullMarked
package footbridge.transport;

import org.jspecify.annotations.NullMarked;
