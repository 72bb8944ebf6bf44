package footbridge.session;

import footbridge.access.Audit;
import footbridge.access.Authenticator;
import footbridge.mapping.Mappings;
import java.util.function.Supplier;

/// Opens the sessions of a node, all with the same settings. Safe for use by any thread.
///
/// @param mappings the rules in force at the time of the call
public record Sessions(
        SessionSettings settings,
        Supplier<Mappings> mappings,
        Authenticator authenticator,
        Audit audit) {

    /// @param id unique among the sessions of all replicas; the client sees it in CONNECTED and as
    ///   the first part of every `message-id`
    public Session open(String id, Caller caller) {
        return new Session(id, this, caller);
    }
}
