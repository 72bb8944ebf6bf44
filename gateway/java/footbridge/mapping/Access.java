package footbridge.mapping;

import footbridge.access.Grant;
import footbridge.access.Identity;

/// Who may do one of the two operations of a rule.
///
/// @param open false where the rule says `send: none` or `subscribe: none`
/// @param grant whom the rule admits where it is open
public record Access(boolean open, Grant grant) {

    static final Access AUTHENTICATED = new Access(true, Grant.AUTHENTICATED);

    boolean admits(Identity identity) {
        return grant.admits(identity);
    }

    Access to(Grant whom) {
        return new Access(open, whom);
    }

    /// As here, but closed unless `yes`.
    public Access onlyIf(boolean yes) {
        return new Access(yes, grant);
    }
}
