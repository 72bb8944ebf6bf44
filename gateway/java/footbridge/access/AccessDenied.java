package footbridge.access;

import java.util.Objects;

/// A client asked for something it may not have. The message is written for the client.
public final class AccessDenied extends Exception {

    private static final long serialVersionUID = 1L;

    public AccessDenied(String message) {
        super(message);
    }

    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }
}
