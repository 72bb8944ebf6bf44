package footbridge.mapping;

import footbridge.access.Identity;
import java.util.List;
import java.util.Optional;

/// Where a destination leads for one client and one operation, and why. Written for the operator.
///
/// @param route what [Mappings#route] answers
/// @param reason why the route is that: what let the client in, or what was missing
/// @param answer the rule that answers; empty if none does
/// @param others the rules that come next to it: first those that would answer if it was not there,
///   then those that nearly would; at most [#MAX_OTHERS]
/// @param unshown how many more of them there are
public record Explanation(
        Request request,
        Route route,
        String reason,
        Optional<Answer> answer,
        List<Candidate> others,
        int unshown) {

    static final int MAX_OTHERS = 10;

    public Explanation {
        others = List.copyOf(others);
    }

    /// Whether the client may do what it asks.
    public boolean allowed() {
        return route instanceof Route.Found;
    }

    /// What is explained.
    public record Request(Operation operation, String destination, Identity client) {}

    /// The rule that answers.
    ///
    /// @param variables what its placeholders stand for, in the order of the destination
    public record Answer(Rule rule, List<Variable> variables) {

        public Answer {
            variables = List.copyOf(variables);
        }
    }

    /// A placeholder of a rule, and what it stands for.
    ///
    /// @param name without braces; `$user` for the name of the client
    public record Variable(String name, String value) {}

    /// A rule that does not answer.
    ///
    /// @param matches whether it would if there were no more specific one
    /// @param reason why it does not
    public record Candidate(Rule rule, boolean matches, String reason) {}
}
