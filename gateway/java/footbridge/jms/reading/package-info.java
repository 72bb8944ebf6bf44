/// Brings clients what queues and topics hold: by consumers of their own, by shared readers of
/// topics, by browsing.
@NullMarked
package footbridge.jms.reading;

import org.jspecify.annotations.NullMarked;
