package footbridge.access;

import java.util.List;
import java.util.Optional;

/// Whom a rule admits to one operation: everyone whom one of its entries admits.
///
/// @param entries the most general first
public record Grant(List<Admission> entries) {

    /// Every client that has proved who it is; what a rule without `allow` grants.
    public static final Grant AUTHENTICATED = new Grant(List.of(new Admission.LoggedIn()));

    /// Nobody.
    public static final Grant NOBODY = new Grant(List.of());

    public Grant {
        entries = entries.stream().distinct().sorted(Admission.ORDER).toList();
    }

    public boolean admits(Identity identity) {
        // No stream: this is asked for each SEND.
        for (Admission entry : entries) {
            if (entry.admits(identity)) {
                return true;
            }
        }
        return false;
    }

    /// The entry of the grant by which it admits the client, the most general one; empty if it does
    /// not.
    public Optional<Admission> admitting(Identity identity) {
        return entries.stream().filter(entry -> entry.admits(identity)).findFirst();
    }
}
