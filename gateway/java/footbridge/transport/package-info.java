/// Bytes in and out: STOMP over WebSocket and over TCP, back-pressure, close codes.
///
/// Fifth floor. Sits on Vert.x' HTTP and TCP servers, and on Netty beneath them for gathered writes
/// of shared octets.
@NullMarked
package footbridge.transport;

import org.jspecify.annotations.NullMarked;
