package footbridge.backend;

/// Told exactly once how a [BackendSession#send] ended, on any thread. Must return at once.
public interface Confirmation {

    /// The broker has taken responsibility for the message: it is stored as durably as it can be.
    void confirmed();

    /// The message was refused, or its fate is unknown; the failure says which.
    void failed(BackendFailure why);
}
