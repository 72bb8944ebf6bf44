package footbridge.app;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Set;
import java.util.logging.LogRecord;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jboss.logmanager.ExtFormatter;
import org.jboss.logmanager.ExtLogRecord;

/// The log in JSON, a line an object: `timestamp`, `level`, `logger`, `thread`, `message`, and
/// `exception` where there is one; and of the gateway's own lines the `key=value` pairs as fields,
/// so that there are `connection`, `user`, `rule` and the rest to search by.
final class JsonLines extends ExtFormatter {

    /// A value that is not plain is a JSON string, as [AuditLog] writes it.
    private static final Pattern PAIR =
            Pattern.compile("(?<=^|\\s)([a-z][a-z-]*)=(\"(?:[^\"\\\\]|\\\\.)*\"|[^\\s\"]\\S*)");

    private static final Set<String> OURS =
            Set.of("timestamp", "level", "logger", "thread", "message", "exception");

    @Override
    public String format(ExtLogRecord line) {
        String message = formatMessage(line);
        JsonObject json =
                new JsonObject()
                        .put("timestamp", line.getInstant().toString())
                        .put("level", line.getLevel().getName())
                        .put("logger", line.getLoggerName())
                        .put("thread", line.getThreadName())
                        .put("message", message);
        if (line.getThrown() != null) {
            json.put("exception", trace(line));
        }
        if (isOurs(line)) {
            PAIR.matcher(message)
                    .results()
                    .filter(pair -> !OURS.contains(pair.group(1)))
                    .forEach(pair -> json.put(pair.group(1), value(pair)));
        }
        return json.encode() + "\n";
    }

    private static boolean isOurs(LogRecord line) {
        String logger = line.getLoggerName();
        return logger != null && logger.startsWith("footbridge.");
    }

    private static String value(MatchResult pair) {
        String text = pair.group(2);
        try {
            return text.startsWith("\"") ? Json.decodeValue(text, String.class) : text;
        } catch (DecodeException _) {
            return text;
        }
    }

    private static String trace(LogRecord line) {
        var trace = new StringWriter();
        line.getThrown().printStackTrace(new PrintWriter(trace));
        return trace.toString();
    }
}
