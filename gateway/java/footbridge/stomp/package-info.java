/// The STOMP wire format: bytes to frames and frames to bytes, versions 1.0, 1.1 and 1.2.
///
/// Ground floor. Uses the JDK only: no Quarkus, no broker, no clock, no I/O.
@NullMarked
package footbridge.stomp;

import org.jspecify.annotations.NullMarked;
