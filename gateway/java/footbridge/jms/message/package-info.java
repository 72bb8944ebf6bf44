/// Turns messages of clients into those of Artemis, and back.
@NullMarked
package footbridge.jms.message;

import org.jspecify.annotations.NullMarked;
