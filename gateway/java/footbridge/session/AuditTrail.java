package footbridge.session;

import footbridge.access.Audit;
import footbridge.access.AuditEntry;
import footbridge.access.Credentials;
import footbridge.access.Identity;
import footbridge.access.Way;
import footbridge.mapping.Operation;
import footbridge.mapping.Route;
import footbridge.mapping.Rule;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;

/// What one session has to say to the audit log; nothing while that is off. Confined to the
/// session.
final class AuditTrail {

    /// Destinations of which is remembered that a SEND was granted; then it is told again.
    private static final int REMEMBERED = 1_000;

    private final String connection;
    private final Caller caller;
    private final Audit audit;
    private final Set<String> granted = new HashSet<>();

    AuditTrail(String connection, Caller caller, Audit audit) {
        this.connection = connection;
        this.caller = caller;
        this.audit = audit;
    }

    void connected(Identity who, Optional<Credentials> by) {
        if (audit.on()) {
            SequencedMap<String, String> details = arrival(by);
            details.put("roles", String.join(",", who.roles().stream().sorted().toList()));
            audit.write(new AuditEntry("connect", true, connection, who.name(), details));
        }
    }

    void refused(Optional<Credentials> by, ErrorCode code) {
        if (audit.on()) {
            SequencedMap<String, String> details = arrival(by);
            details.put("code", code.code());
            audit.write(new AuditEntry("connect", false, connection, claimed(by), details));
        }
    }

    void renewed(Identity who) {
        if (audit.on()) {
            granted.clear();
            audit.write(
                    new AuditEntry("renew", true, connection, who.name(), new LinkedHashMap<>()));
        }
    }

    void notRenewed(Identity who, ErrorCode code) {
        ended("renew", who, code);
    }

    void expired(Identity who, ErrorCode code) {
        ended("expire", who, code);
    }

    private void ended(String event, Identity who, ErrorCode code) {
        if (audit.on()) {
            SequencedMap<String, String> details = new LinkedHashMap<>();
            details.put("code", code.code());
            audit.write(new AuditEntry(event, false, connection, who.name(), details));
        }
    }

    /// Tells of each refusal, and of grants for SEND once per destination, so that those after the
    /// first cost next to nothing.
    void decided(Identity who, Operation operation, String destination, Route route) {
        if (audit.on() && isNews(operation, destination, route)) {
            SequencedMap<String, String> details = new LinkedHashMap<>();
            details.put("destination", destination);
            rule(route).ifPresent(rule -> details.put("rule", rule.origin()));
            details.put("reason", reason(route));
            audit.write(
                    new AuditEntry(
                            operation.name().toLowerCase(Locale.ROOT),
                            route instanceof Route.Found,
                            connection,
                            who.name(),
                            details));
        }
    }

    /// What was granted is to be told again: the rules are others.
    void forget() {
        granted.clear();
    }

    private boolean isNews(Operation operation, String destination, Route route) {
        if (operation != Operation.SEND || !(route instanceof Route.Found)) {
            return true;
        }
        if (granted.size() >= REMEMBERED) {
            granted.clear();
        }
        return granted.add(destination);
    }

    private static Optional<Rule> rule(Route route) {
        return switch (route) {
            case Route.Found found -> Optional.of(found.rule());
            case Route.Closed closed -> Optional.of(closed.rule());
            case Route.Denied denied -> Optional.of(denied.rule());
            case Route.NotMapped _ -> Optional.empty();
        };
    }

    private static String reason(Route route) {
        return switch (route) {
            case Route.Found _ -> "allowed";
            case Route.Closed _ -> "closed";
            case Route.Denied _ -> "not-allowed";
            case Route.NotMapped _ -> "no-rule";
        };
    }

    private SequencedMap<String, String> arrival(Optional<Credentials> by) {
        SequencedMap<String, String> details = new LinkedHashMap<>();
        details.put("listener", caller.listener());
        details.put("address", caller.address());
        details.put("by", Way.of(by).word());
        return details;
    }

    /// Whom a client claims to be. A token that is not verified claims nothing.
    private static String claimed(Optional<Credentials> by) {
        return switch (by.orElse(null)) {
            case Credentials.Passcode passcode -> passcode.login();
            case Credentials.Certificate certificate ->
                    certificate.certificate().getSubjectX500Principal().getName();
            case Credentials.Token _ -> "";
            case null -> Identity.ANONYMOUS.name();
        };
    }
}
