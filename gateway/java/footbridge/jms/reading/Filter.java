package footbridge.jms.reading;

import footbridge.backend.BackendFailure;
import footbridge.backend.Selection;
import java.util.Optional;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.SimpleString;

/// What the broker lets through to a consumer or into a queue. Equal for equal selectors.
///
/// @param text in the broker's language; empty to let everything through
public record Filter(SimpleString text) {

    static final Filter NONE = new Filter(SimpleString.of(""));

    /// What can be made part of a greater condition.
    ///
    /// @param prefix what must stand before the whole
    record Condition(String prefix, String text) {}

    /// By the selector alone.
    public static Filter bySelector(Selection selection) throws BackendFailure {
        return selection.selector().isEmpty()
                ? NONE
                : of(SelectorText.translate(selection.selector().get()));
    }

    /// By the selector, and without what the client itself has sent where it does not want that.
    public static Filter of(Selection selection, Origin client) throws BackendFailure {
        if (!selection.noLocal()) {
            return bySelector(selection);
        }
        Optional<String> selector = selection.selector();
        if (selector.isEmpty()) {
            return of(new Condition("", client.others()));
        }
        Condition wanted = SelectorText.translate(selector.get());
        return of(
                new Condition(
                        wanted.prefix(),
                        "(%s) AND (%s)".formatted(wanted.text(), client.others())));
    }

    /// Lets only these messages into a queue.
    QueueConfiguration on(QueueConfiguration queue) {
        return text.isEmpty() ? queue : queue.setFilterString(text);
    }

    private static Filter of(Condition condition) {
        return new Filter(SimpleString.of(condition.prefix() + condition.text()));
    }
}
