package footbridge.transport.sockjs;

import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// What a SockJS client sends: a JSON string, or an array of them (J8), looked at as it comes.
/// Vert.x Web's handler takes numbers, nulls and arrays within the array for strings that are
/// missing, and fails on them.
final class JsonStrings {

    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String FORM_KEY = "d=";

    private boolean inString;
    private boolean escaped;
    private int depth;

    /// Whether the body holds nothing but strings in one array. Of a body that is no JSON at all
    /// the answer may be yes.
    static boolean only(RoutingContext post) {
        @Nullable String body = post.body().asString();
        if (body == null) {
            return true;
        }
        if (FORM.equalsIgnoreCase(post.request().getHeader(HttpHeaders.CONTENT_TYPE))) {
            return !body.startsWith(FORM_KEY) || form(body);
        }
        return only(body);
    }

    private static boolean form(String body) {
        try {
            return only(
                    URLDecoder.decode(body.substring(FORM_KEY.length()), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException badEscape) {
            return false;
        }
    }

    static boolean only(String json) {
        var strings = new JsonStrings();
        return json.chars().allMatch(strings::takes);
    }

    /// Takes the next character, or the next octet of UTF-8.
    ///
    /// @return false if it has no place in one array of strings
    boolean takes(int next) {
        if (inString) {
            inString = escaped || next != '"';
            escaped = !escaped && next == '\\';
            return true;
        }
        if (next == '[') {
            return depth++ == 0;
        }
        inString = next == '"';
        return inString || ",] \t\r\n".indexOf(next) >= 0;
    }
}
