/// Proves `jms.message`.
@NullMarked
package footbridge.jms.message;

import org.jspecify.annotations.NullMarked;
