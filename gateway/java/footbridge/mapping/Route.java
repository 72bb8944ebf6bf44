package footbridge.mapping;

import footbridge.backend.Target;

/// Where a destination leads for one client and one operation, or why it leads nowhere.
public sealed interface Route {

    /// The destination leads to `target`, and the client may go there.
    ///
    /// @param headers what the rule does to the headers of the client's messages on this way
    record Found(Rule rule, Target target, HeaderMapping headers) implements Route {

        /// Whether a subscription made by the other would get the same messages, in the same way.
        public boolean deliversAs(Found other) {
            return target.equals(other.target)
                    && rule.delivery().equals(other.rule.delivery())
                    && headers.equals(other.headers);
        }
    }

    /// No rule answers: for clients the destination does not exist.
    record NotMapped(String destination) implements Route {}

    /// The rule answers but has the operation switched off: `send: none` or `subscribe: none`.
    record Closed(Rule rule, Operation operation) implements Route {}

    /// The rule answers but does not admit the client to the operation.
    record Denied(Rule rule, Operation operation) implements Route {}
}
