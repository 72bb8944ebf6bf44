package footbridge.backend;

import java.util.Map;

/// Told exactly once how a [BackendSession#send] ended, on any thread. Must return at once.
public interface Confirmation {

    /// The broker has taken responsibility for the message: it is stored as durably as it can be.
    void confirmed();

    /// As [#confirmed()], and the broker has said where the message is.
    ///
    /// @param place headers for the RECEIPT, where the client asked for one
    default void confirmed(Map<String, String> place) {
        confirmed();
    }

    /// The message was refused, or its fate is unknown; the failure says which.
    void failed(BackendFailure why);
}
