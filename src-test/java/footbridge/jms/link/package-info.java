/// Proves `jms.link`.
@NullMarked
package footbridge.jms.link;

import org.jspecify.annotations.NullMarked;
