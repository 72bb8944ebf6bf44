package footbridge.jms.reading;

import footbridge.backend.BackendFailure;
import footbridge.backend.BackendFailure.Kind;
import footbridge.jms.message.PropertyNames;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.activemq.artemis.utils.SelectorTranslator;

/// Turns the selector of a STOMP client into a filter of Artemis.
///
/// A name in double quotes is a STOMP header (`"content-type" = 'text/plain'`), any other a JMS
/// property; after `hyphenated_props:`, Artemis' own word for it, a name with a hyphen is a header
/// too. Where a selector has a number or a truth value in it, the broker takes texts for these,
/// because the headers of STOMP are texts; so ActiveMQ Classic does it. XPATH and XQUERY, which
/// would have the broker read bodies, are refused.
final class SelectorText {

    private static final String HYPHENATED = "hyphenated_props:";
    private static final String CONVERTING = "convert_string_expressions:";

    /// Headers that are no properties at the broker.
    private static final Map<String, String> FIELDS =
            Map.of(
                    "priority", "JMSPriority",
                    "timestamp", "JMSTimestamp",
                    "expires", "JMSExpiration",
                    "type", "JMSType",
                    "correlation-id", "JMSCorrelationID",
                    "JMSXGroupID", "JMSXGroupID");

    /// Headers that the broker does not know, or not as it filters.
    private static final Set<String> UNKNOWN =
            Set.of(
                    "destination",
                    "message-id",
                    "subscription",
                    "ack",
                    "persistent",
                    "redelivered",
                    "delivery-count");

    private final String selector;
    private final boolean hyphens;
    private final StringBuilder made = new StringBuilder();
    private boolean converts;
    private int at;

    private SelectorText(String selector, boolean hyphens) {
        this.selector = selector;
        this.hyphens = hyphens;
    }

    /// @return the filter, and what must stand before it when it is made part of another
    /// @throws BackendFailure if the selector is none, as far as can be seen here
    static Filter.Condition translate(String selector) throws BackendFailure {
        String rest = selector.strip();
        boolean hyphens = false;
        boolean converts = false;
        while (rest.startsWith(HYPHENATED) || rest.startsWith(CONVERTING)) {
            hyphens |= rest.startsWith(HYPHENATED);
            converts |= rest.startsWith(CONVERTING);
            rest = rest.substring(rest.indexOf(':') + 1).strip();
        }
        var text = new SelectorText(rest, hyphens);
        text.read();
        return new Filter.Condition(
                text.converts || converts ? CONVERTING : "",
                SelectorTranslator.convertToActiveMQFilterString(text.made.toString()));
    }

    private void read() throws BackendFailure {
        while (at < selector.length()) {
            char next = selector.charAt(at);
            if (next == '\'') {
                made.append(quoted('\''));
            } else if (next == '"') {
                String name = quoted('"');
                made.append(header(name.substring(1, name.length() - 1).replace("\"\"", "\"")));
            } else if (Character.isJavaIdentifierStart(next)) {
                word();
            } else if (Character.isDigit(next)) {
                number();
            } else {
                made.append(next);
                at++;
            }
        }
    }

    /// Up to the end of a quotation, in which the quote itself stands twice.
    private String quoted(char quote) throws BackendFailure {
        int from = at;
        do {
            int end = selector.indexOf(quote, at + 1);
            if (end < 0) {
                throw invalid("a quotation does not end");
            }
            at = end + 1;
        } while (at < selector.length() && selector.charAt(at) == quote);
        return selector.substring(from, at);
    }

    private void word() throws BackendFailure {
        int from = at;
        while (at < selector.length() && belongsToWord(selector.charAt(at))) {
            at++;
        }
        String word = selector.substring(from, at);
        if (word.equalsIgnoreCase("XPATH") || word.equalsIgnoreCase("XQUERY")) {
            throw invalid("bodies are not selected by");
        }
        converts |= word.equalsIgnoreCase("TRUE") || word.equalsIgnoreCase("FALSE");
        made.append(word.indexOf('-') < 0 ? word : header(word));
    }

    private boolean belongsToWord(char character) {
        return Character.isJavaIdentifierPart(character) || (hyphens && character == '-');
    }

    private void number() {
        converts = true;
        while (at < selector.length()
                && (Character.isLetterOrDigit(selector.charAt(at)) || selector.charAt(at) == '.')) {
            made.append(selector.charAt(at));
            at++;
        }
    }

    private static String header(String name) throws BackendFailure {
        if (name.isEmpty() || UNKNOWN.contains(name)) {
            throw invalid("messages are not selected by the header '%s'".formatted(name));
        }
        return Optional.ofNullable(FIELDS.get(name)).orElseGet(() -> property(name));
    }

    /// The broker takes other letters than those of ASCII in quotes only.
    private static String property(String header) {
        String name = PropertyNames.encode(header);
        return name.chars().allMatch(character -> character < 128) ? name : '"' + name + '"';
    }

    private static BackendFailure invalid(String why) {
        return new BackendFailure(Kind.INVALID_SELECTOR, "this is no selector: " + why);
    }
}
