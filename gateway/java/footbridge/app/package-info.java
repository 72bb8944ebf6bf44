/// Assembles the gateway: settings, wiring, commands, health, the demo page, orderly shutdown.
///
/// Top floor: the only room that knows all others.
@NullMarked
package footbridge.app;

import org.jspecify.annotations.NullMarked;
