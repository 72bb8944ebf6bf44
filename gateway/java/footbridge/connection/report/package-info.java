/// What connections tell: of themselves to whoever asks, and of the messages of each rule as they
/// pass.
///
/// Part of the room `connection`.
@NullMarked
package footbridge.connection.report;

import org.jspecify.annotations.NullMarked;
