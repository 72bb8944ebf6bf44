package footbridge.access;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/// One decision about one client, for the operator: who, what, and what was decided. Never holds a
/// passcode, a token or a body.
///
/// @param event what was asked for: `connect`, `renew`, `send`, `subscribe` ...
/// @param granted whether it was granted
/// @param connection the id of the client's connection
/// @param user by whose name the client is known; for one that is not let in, the one it claimed
/// @param details more, in order, like `destination` and `rule`; the values may be the client's
public record AuditEntry(
        String event,
        boolean granted,
        String connection,
        String user,
        SequencedMap<String, String> details) {

    public AuditEntry {
        details = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(details));
    }
}
