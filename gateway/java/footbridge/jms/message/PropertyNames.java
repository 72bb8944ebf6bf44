package footbridge.jms.message;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// Turns header names into names that a JMS property may have, and back; no name is lost.
///
/// A JMS property name is a Java identifier, no keyword of the selector language, and does not
/// begin with `JMS`. So `-` becomes `_HYPHEN_` and `.` becomes `_DOT_`, as other STOMP and AMQP
/// brokers write them; any other character that may not stand where it stands becomes `_xHHHH_`,
/// its UTF-16 code in upper-case hexadecimal. The same is done to an underscore that could be taken
/// for the beginning of one of these, and to the first character of a name that is reserved for JMS
/// or for the broker: `JMSPriority` becomes `_x004A_MSPriority` and cannot pass for the real one.
public final class PropertyNames {

    private static final String HYPHEN = "_HYPHEN_";
    private static final String DOT = "_DOT_";
    private static final int HEX_LENGTH = "_x0000_".length();

    /// What follows an underscore that must not be taken for ours.
    private static final Pattern LIKE_OURS = Pattern.compile("_(HYPHEN|DOT|x[0-9A-F]{4})");

    private static final Pattern HEX = Pattern.compile("_x([0-9A-F]{4})_");

    private static final Set<String> KEYWORDS =
            Set.of(
                    "NULL", "TRUE", "FALSE", "NOT", "AND", "OR", "BETWEEN", "LIKE", "IN", "IS",
                    "ESCAPE");

    private static final int LONGEST_KEYWORD = "BETWEEN".length();

    private PropertyNames() {}

    /// @param header not empty
    public static String encode(String header) {
        if (header.isEmpty()) {
            throw new IllegalArgumentException("a header needs a name");
        }
        boolean reserved = isReserved(header) || isKeyword(header);
        var name = new StringBuilder(header.length() + HYPHEN.length());
        for (int at = 0; at < header.length(); at++) {
            append(name, header, at, reserved && at == 0);
        }
        return name.toString();
    }

    /// Any property name, also one that [#encode] did not make, as the name of a header.
    public static String decode(String name) {
        if (name.indexOf('_') < 0) {
            return name;
        }
        var header = new StringBuilder(name.length());
        int at = 0;
        while (at < name.length()) {
            if (name.startsWith(HYPHEN, at)) {
                header.append('-');
                at += HYPHEN.length();
            } else if (name.startsWith(DOT, at)) {
                header.append('.');
                at += DOT.length();
            } else if (isHex(name, at)) {
                header.append((char) Integer.parseInt(name, at + 2, at + HEX_LENGTH - 1, 16));
                at += HEX_LENGTH;
            } else {
                header.append(name.charAt(at));
                at++;
            }
        }
        return header.toString();
    }

    private static boolean isHex(String name, int at) {
        return name.startsWith("_x", at) && HEX.matcher(name).region(at, name.length()).lookingAt();
    }

    /// Whether a property of this name is the provider's own: JMS' (`JMSType`, `JMSXUserID`,
    /// `JMS_AMQP_...`) or Artemis' (`_AMQ_ORIG_QUEUE`, `__AMQ_CID`, `_HQ_...` of its ancestor).
    public static boolean isReserved(String name) {
        return name.startsWith("JMS")
                || name.startsWith("_AMQ")
                || name.startsWith("__AMQ")
                || name.startsWith("_HQ");
    }

    private static void append(StringBuilder name, String header, int at, boolean mustHide) {
        char character = header.charAt(at);
        if (character == '-') {
            name.append(HYPHEN);
        } else if (character == '.') {
            name.append(DOT);
        } else if (mustHide || !mayStand(character, at) || looksLikeOurs(header, at)) {
            name.append("_x%04X_".formatted((int) character));
        } else {
            name.append(character);
        }
    }

    private static boolean mayStand(char character, int at) {
        return at == 0
                ? Character.isJavaIdentifierStart(character)
                : Character.isJavaIdentifierPart(character)
                        && !Character.isIdentifierIgnorable(character);
    }

    private static boolean looksLikeOurs(String header, int at) {
        return header.charAt(at) == '_'
                && LIKE_OURS.matcher(header).region(at, header.length()).lookingAt();
    }

    private static boolean isKeyword(String header) {
        return header.length() <= LONGEST_KEYWORD
                && KEYWORDS.contains(header.toUpperCase(Locale.ROOT));
    }
}
