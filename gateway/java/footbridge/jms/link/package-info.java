/// Links to a broker, and what is asked over them: who may log in, which queues and topics there
/// are.
@NullMarked
package footbridge.jms.link;

import org.jspecify.annotations.NullMarked;
