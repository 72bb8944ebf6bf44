package footbridge.bench;

import java.time.Duration;

/// How long a run lasts.
///
/// @param warm not counted
/// @param counted counted
record Timing(Duration warm, Duration counted) {}
