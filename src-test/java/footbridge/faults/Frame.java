package footbridge.faults;

import java.util.HashMap;
import java.util.Map;

/// A frame of the gateway, as far as these clients look at it: headers without escapes, a body
/// without NUL.
record Frame(String command, Map<String, String> headers, String body) {

    static Frame parse(String text) {
        int head = text.indexOf("\n\n");
        if (head < 0) {
            return new Frame("", Map.of(), "");
        }
        String[] lines = text.substring(0, head).split("\n", -1);
        Map<String, String> headers = new HashMap<>();
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            headers.putIfAbsent(lines[i].substring(0, colon), lines[i].substring(colon + 1));
        }
        return new Frame(lines[0], headers, text.substring(head + 2, text.indexOf('\0', head)));
    }

    String header(String name) {
        return headers.getOrDefault(name, "");
    }
}
