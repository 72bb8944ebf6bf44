package footbridge.session;

import footbridge.mapping.Rule;
import java.util.Optional;

/// What the client asked for cannot be: the session ends with an ERROR. The text is written for the
/// client. Carries no stack trace: it is an answer, not a fault.
final class Refusal extends Exception {

    private static final long serialVersionUID = 1L;

    private final ErrorCode code;
    private final String text;
    private final String rule;

    Refusal(ErrorCode code, String text) {
        this(code, text, "");
    }

    private Refusal(ErrorCode code, String text, String rule) {
        super(text, null, false, false);
        this.code = code;
        this.text = text;
        this.rule = rule;
    }

    /// The same, where it was this rule that the frame met.
    Refusal by(Rule met) {
        return new Refusal(code, text, met.id());
    }

    /// The id of the rule that the frame met; empty if it met none.
    Optional<String> rule() {
        return rule.isEmpty() ? Optional.empty() : Optional.of(rule);
    }

    static Refusal unsupported(String what) {
        return new Refusal(
                ErrorCode.UNSUPPORTED, what + " is nothing that can be done, so it is refused.");
    }

    ErrorCode code() {
        return code;
    }

    String text() {
        return text;
    }
}
