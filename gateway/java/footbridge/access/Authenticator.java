package footbridge.access;

/// Finds out who a client is.
public interface Authenticator {

    /// Checks what a client brought with CONNECT, or before it. May block while a directory is
    /// asked; called on the connection's virtual thread.
    ///
    /// @throws AccessDenied if that is wrong, or nothing where anonymous clients are not let in, or
    ///   cannot be checked now
    Proven authenticate(Attempt attempt) throws AccessDenied;
}
