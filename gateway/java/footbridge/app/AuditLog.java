package footbridge.app;

import footbridge.access.Audit;
import footbridge.access.AuditEntry;
import io.vertx.core.json.Json;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.regex.Pattern;

/// Writes decisions about clients to the log, in a category of their own: one line each, of
/// `key=value` pairs; a value that is not plain is a JSON string, so that no client can forge one.
///
/// @param on whether the operator wants that
record AuditLog(boolean on) implements Audit {

    static final String CATEGORY = "footbridge.audit";

    private static final Logger LOG = System.getLogger(CATEGORY);
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9._/:@+,*{}$-]+");

    @Override
    public void write(AuditEntry entry) {
        LOG.log(Level.INFO, () -> line(entry));
    }

    static String line(AuditEntry entry) {
        var line = new StringBuilder("connection=").append(entry.connection());
        append(line, "event", entry.event());
        append(line, "verdict", entry.granted() ? "granted" : "refused");
        append(line, "user", entry.user());
        entry.details().forEach((name, value) -> append(line, name, value));
        return line.toString();
    }

    private static void append(StringBuilder line, String name, String value) {
        String shown = PLAIN.matcher(value).matches() ? value : Json.encode(value);
        line.append(' ').append(name).append('=').append(shown);
    }
}
