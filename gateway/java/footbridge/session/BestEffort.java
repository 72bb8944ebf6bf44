package footbridge.session;

import footbridge.backend.BackendFailure;
import footbridge.stomp.ServerFrame;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Where a transaction over several brokers stands while one of them commits its part. The parts
/// are named by the client's frames, like `SEND /queue/orders`.
///
/// @param done what brokers before this one have committed
/// @param here the part of this one
/// @param left what is still to come
public record BestEffort(List<String> done, List<String> here, List<String> left) {

    /// Of a transaction at one broker, which is all or nothing.
    static final BestEffort NONE = new BestEffort(List.of(), List.of(), List.of());

    /// Characters of a header; longer lists are cut.
    private static final int LONGEST = 1_000;

    private static final String WORD = "best-effort";

    /// Whether there is more than one broker.
    boolean spans() {
        return !here.isEmpty();
    }

    /// What the RECEIPT of the COMMIT says when this was the last part.
    Map<String, String> receipt() {
        return headers(Map.of("committed", all(done, here)));
    }

    /// What the client is told when this part has failed.
    ServerFrame.Error error(BackendFailure why, Optional<String> receipt) {
        boolean unknown = why.kind() == BackendFailure.Kind.OUTCOME_UNKNOWN;
        Map<String, List<String>> states = new LinkedHashMap<>();
        states.put("committed", done);
        states.put("unknown", unknown ? here : List.of());
        states.put("not-committed", unknown ? left : all(here, left));
        states.values().removeIf(List::isEmpty);
        return new ServerFrame.Error(
                done.isEmpty() ? "Broker error" : "Transaction partly done",
                done.isEmpty() ? why.kind().code() : ErrorCode.TRANSACTION_PARTLY_DONE.code(),
                receipt,
                body(why, states),
                headers(states));
    }

    private static String body(BackendFailure why, Map<String, List<String>> states) {
        var text = new StringBuilder("A transaction over several brokers has failed: ");
        text.append(why.getMessage()).append(".\n");
        states.forEach((state, parts) ->
                text.append(state).append(": ").append(String.join(", ", parts)).append('\n'));
        return text.toString();
    }

    private static Map<String, String> headers(Map<String, List<String>> states) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("transactions", WORD);
        states.forEach((state, parts) -> headers.put(state, cut(String.join(", ", parts))));
        return headers;
    }

    private static String cut(String list) {
        return list.length() <= LONGEST ? list : list.substring(0, LONGEST) + " ...";
    }

    private static List<String> all(List<String> some, List<String> more) {
        return Stream.concat(some.stream(), more.stream()).toList();
    }
}
