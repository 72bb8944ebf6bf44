/// The operators' console on the management port: a page, and the JSON beneath it.
///
/// Part of the room `app`.
@NullMarked
package footbridge.app.console;

import org.jspecify.annotations.NullMarked;
