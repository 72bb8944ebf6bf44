package footbridge.session;

import footbridge.backend.Acknowledgement;
import footbridge.backend.Selection;
import footbridge.backend.SubscribeOptions;
import footbridge.mapping.DeliveryTerms;
import footbridge.mapping.Route;
import footbridge.stomp.AckMode;
import footbridge.stomp.ClientFrame;
import footbridge.stomp.Headers;
import java.util.List;
import java.util.Optional;

/// What the headers of a SUBSCRIBE ask for beside its destination.
final class SubscribeHeaders {

    static final int MAX_PREFETCH = 10_000;

    private static final List<String> PREFETCH = List.of("prefetch-count", "activemq.prefetchSize");

    private SubscribeHeaders() {}

    /// @throws Refusal if the client asks for what cannot be done, or for nonsense
    static SubscribeOptions options(
            ClientFrame.Subscribe subscribe, Route.Found found, DurableSubscriptions durables)
            throws Refusal {
        Settling.checkMode(subscribe.ackMode(), found.target());
        DeliveryTerms terms = found.rule().delivery();
        return options(
                        subscribe,
                        terms.prefetch(),
                        SelectionHeaders.selection(subscribe, found.target(), durables))
                .with(
                        ReplayHeaders.reading(
                                subscribe.headers(), found.target(), terms.kafka(), terms.nack()))
                .with(terms.slow());
    }

    /// For a temporary queue.
    ///
    /// @param defaultPrefetch where the client does not say
    static SubscribeOptions options(ClientFrame.Subscribe subscribe, int defaultPrefetch)
            throws Refusal {
        SelectionHeaders.checkNone(subscribe.headers());
        ReplayHeaders.checkNone(subscribe.headers());
        return options(subscribe, defaultPrefetch, Selection.ALL);
    }

    private static SubscribeOptions options(
            ClientFrame.Subscribe subscribe, int defaultPrefetch, Selection selection)
            throws Refusal {
        Headers headers = subscribe.headers();
        return new SubscribeOptions(
                prefetch(headers, defaultPrefetch),
                subscribe.ackMode() == AckMode.AUTO
                        ? Acknowledgement.AUTOMATIC
                        : Acknowledgement.BY_CLIENT,
                selection);
    }

    private static int prefetch(Headers headers, int rulePrefetch) throws Refusal {
        for (String name : PREFETCH) {
            Optional<String> asked = headers.first(name);
            if (asked.isPresent()) {
                return prefetch(asked.get())
                        .orElseThrow(() ->
                                new Refusal(
                                        ErrorCode.INVALID_HEADER,
                                        "The prefetch count must be a whole number from 1 to "
                                                + MAX_PREFETCH
                                                + "."));
            }
        }
        return rulePrefetch;
    }

    private static Optional<Integer> prefetch(String text) {
        if (text.isEmpty() || text.length() > 5 || !text.chars().allMatch(Character::isDigit)) {
            return Optional.empty();
        }
        int prefetch = Integer.parseInt(text);
        return prefetch < 1 || prefetch > MAX_PREFETCH ? Optional.empty() : Optional.of(prefetch);
    }
}
