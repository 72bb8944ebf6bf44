/// What the gateway asks of any broker, in words of its own.
///
/// Ground floor. Uses the JDK only. The rooms `jms` and `kafka` answer these questions; nobody
/// above them sees a broker's classes.
@NullMarked
package footbridge.backend;

import org.jspecify.annotations.NullMarked;
