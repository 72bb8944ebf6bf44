/// Proves `jms.reading`.
@NullMarked
package footbridge.jms.reading;

import org.jspecify.annotations.NullMarked;
