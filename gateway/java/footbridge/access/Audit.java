package footbridge.access;

/// Where decisions about clients are written down, if the operator wants that. Safe for use by any
/// thread.
public interface Audit {

    /// Nothing is written down.
    Audit NONE =
            new Audit() {
                @Override
                public boolean on() {
                    return false;
                }

                @Override
                public void write(AuditEntry entry) {
                    throw new IllegalStateException("the audit log is off");
                }
            };

    /// Whether anything is written down; where not, nobody needs to make an entry.
    boolean on();

    void write(AuditEntry entry);
}
