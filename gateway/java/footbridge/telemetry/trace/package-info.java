/// Spans for what the gateway does with messages.
///
/// Part of the room `telemetry`. OpenTelemetry.
@NullMarked
package footbridge.telemetry.trace;

import org.jspecify.annotations.NullMarked;
