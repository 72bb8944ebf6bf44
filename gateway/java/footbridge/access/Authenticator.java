package footbridge.access;

import java.util.Optional;

/// Finds out who a client is.
public interface Authenticator {

    /// Checks what a CONNECT frame brought. May block while a directory is asked; called on the
    /// connection's virtual thread.
    ///
    /// @param credentials empty when the frame had no `login`
    /// @throws AccessDenied if they are wrong, or absent where anonymous clients are not let in
    Identity authenticate(Optional<Credentials> credentials) throws AccessDenied;
}
