package footbridge.testbed;

import java.util.Optional;

/// The transports of SockJS, as the browser's library drives them.
public enum SockJs {
    XHR_POLLING("POST", "xhr", "xhr_send"),
    XHR_STREAMING("POST", "xhr_streaming", "xhr_send"),
    EVENT_SOURCE("GET", "eventsource", "xhr_send"),
    HTML_FILE("GET", "htmlfile?c=back", "xhr_send"),
    JSONP("GET", "jsonp?c=back", "jsonp_send"),
    WEB_SOCKET("GET", "websocket", "websocket");

    private static final String EVENT = "data: ";

    final String method;
    final String receive;
    final String send;

    SockJs(String method, String receive, String send) {
        this.method = method;
        this.receive = receive;
        this.send = send;
    }

    /// The SockJS frame that a line of a response carries, if it carries one.
    Optional<String> frame(String line) {
        return switch (this) {
            case XHR_POLLING, XHR_STREAMING, WEB_SOCKET -> Optional.of(line);
            case EVENT_SOURCE ->
                    line.startsWith(EVENT)
                            ? Optional.of(line.substring(EVENT.length()))
                            : Optional.empty();
            case HTML_FILE -> argument(line, "p(\"");
            case JSONP -> argument(line, "/**/back(\"");
        };
    }

    private static Optional<String> argument(String line, String call) {
        return line.startsWith(call)
                ? Optional.of(unescape(line.substring(call.length(), line.lastIndexOf("\");"))))
                : Optional.empty();
    }

    /// What a string of JavaScript stands for.
    private static String unescape(String script) {
        StringBuilder text = new StringBuilder(script.length());
        for (int i = 0; i < script.length(); i++) {
            char c = script.charAt(i);
            if (c == '\\') {
                i++;
                c = script.charAt(i);
                if (c == 'u') {
                    c = (char) Integer.parseInt(script.substring(i + 1, i + 5), 16);
                    i += 4;
                }
            }
            text.append(c);
        }
        return text.toString();
    }
}
