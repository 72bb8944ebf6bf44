package footbridge.stomp;

import java.util.Optional;
import java.util.stream.Stream;

/// How a subscription confirms its messages (S4, K1 to K4).
public enum AckMode {
    AUTO("auto"),
    CLIENT("client"),
    CLIENT_INDIVIDUAL("client-individual");

    private final String text;

    AckMode(String text) {
        this.text = text;
    }

    /// The mode as the `ack` header of SUBSCRIBE spells it.
    public String text() {
        return text;
    }

    /// The mode that the header spells `text`; empty if there is none.
    public static Optional<AckMode> of(String text) {
        return Stream.of(values()).filter(mode -> mode.text.equals(text)).findFirst();
    }
}
