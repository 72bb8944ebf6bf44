package footbridge.access;

import java.time.Instant;
import java.util.Optional;

/// Who a client has proved to be.
///
/// @param until when what it proved that with expires; empty if it does not
public record Proven(Identity identity, Optional<Instant> until) {

    /// For as long as it likes.
    public Proven(Identity identity) {
        this(identity, Optional.empty());
    }
}
