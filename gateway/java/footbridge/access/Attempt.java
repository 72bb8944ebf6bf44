package footbridge.access;

import java.util.Optional;

/// A client that says who it is.
///
/// @param listener the door it came through: `websocket`, `sockjs`, `tcp` or `tls`
/// @param address where it comes from, without a port
/// @param credentials empty when it brought none, and so is anonymous
public record Attempt(String listener, String address, Optional<Credentials> credentials) {}
