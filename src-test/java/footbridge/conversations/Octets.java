package footbridge.conversations;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.UnaryOperator;

/// Octets as a conversation file writes them: text in UTF-8, and with a caret what cannot be seen.
///
/// `^@` is NUL, `^M` CR, `^J` LF, `^I` a tab, `^^` a caret, `^|` a cut between two writes, `^{c3
/// 28}` those octets, `^{text*20}` that text 20 times, each with its number for a `#`, and `{name}`
/// the value of a variable.
record Octets(String notation) {

    /// The octets, one element for each write.
    ///
    /// @param variables gives the value of a variable
    List<byte[]> writes(UnaryOperator<String> variables) {
        Writer writer = new Writer(variables);
        writer.write(notation);
        return writer.done();
    }

    /// The octets in one piece, cuts ignored.
    byte[] whole(UnaryOperator<String> variables) {
        var whole = new ByteArrayOutputStream();
        writes(variables).forEach(whole::writeBytes);
        return whole.toByteArray();
    }

    private static final class Writer {

        private final UnaryOperator<String> variables;
        private final List<byte[]> writes = new ArrayList<>();
        private final ByteArrayOutputStream octets = new ByteArrayOutputStream();

        Writer(UnaryOperator<String> variables) {
            this.variables = variables;
        }

        List<byte[]> done() {
            cut();
            return writes;
        }

        void write(String text) {
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                if (c == '^' && text.charAt(i + 1) == '{') {
                    int end = text.indexOf('}', i);
                    braced(text.substring(i + 2, end));
                    i = end;
                } else if (c == '^') {
                    caret(text.charAt(++i));
                } else if (c == '{') {
                    int end = text.indexOf('}', i);
                    literal(variables.apply(text.substring(i + 1, end)));
                    i = end;
                } else {
                    int point = text.codePointAt(i);
                    literal(Character.toString(point));
                    i += Character.charCount(point) - 1;
                }
            }
        }

        private void caret(char c) {
            switch (c) {
                case '@' -> octets.write(0);
                case 'M' -> octets.write('\r');
                case 'J' -> octets.write('\n');
                case 'I' -> octets.write('\t');
                case '^' -> octets.write('^');
                case '|' -> cut();
                default -> throw new IllegalArgumentException("unknown ^" + c);
            }
        }

        private void braced(String inside) {
            int star = inside.lastIndexOf('*');
            if (star < 0) {
                octets.writeBytes(HexFormat.ofDelimiter(" ").parseHex(inside));
                return;
            }
            int times = Integer.parseInt(inside.substring(star + 1));
            for (int i = 0; i < times; i++) {
                write(inside.substring(0, star).replace("#", Integer.toString(i)));
            }
        }

        private void literal(String text) {
            octets.writeBytes(text.getBytes(UTF_8));
        }

        private void cut() {
            if (octets.size() > 0) {
                writes.add(octets.toByteArray());
                octets.reset();
            }
        }
    }
}
