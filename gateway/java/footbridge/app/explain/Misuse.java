package footbridge.app.explain;

import java.util.Objects;

/// A question was put in a way that has no answer. The message is written for whoever asked.
public final class Misuse extends Exception {

    private static final long serialVersionUID = 1L;

    public Misuse(String message) {
        super(message);
    }

    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }
}
