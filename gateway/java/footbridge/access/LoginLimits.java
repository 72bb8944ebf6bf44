package footbridge.access;

import java.time.Duration;

/// How many failed logins are too many.
///
/// @param perAddress from one address within `window`; 0 for no limit
/// @param perLogin for one login name within `window`, from wherever; 0 for no limit
/// @param window from the first failure on; then the count starts anew
public record LoginLimits(int perAddress, int perLogin, Duration window) {}
