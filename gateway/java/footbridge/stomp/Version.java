package footbridge.stomp;

import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/// A version of STOMP, the oldest first.
public enum Version {
    V1_0("1.0"),
    V1_1("1.1"),
    V1_2("1.2");

    private final String text;

    Version(String text) {
        this.text = text;
    }

    /// The version as headers spell it.
    public String text() {
        return text;
    }

    /// The version that headers spell `text`; empty if we do not speak it.
    public static Optional<Version> of(String text) {
        return Stream.of(values()).filter(version -> version.text.equals(text)).findFirst();
    }

    /// The highest version in `acceptVersion` that we speak (N2, N3); empty if there is none (N4).
    /// Versions unknown to us are skipped (N5), and so are blanks around one (ambiguity 8).
    ///
    /// @param acceptVersion the header of CONNECT; a client that sends none speaks 1.0 (N1)
    public static Optional<Version> negotiate(Optional<String> acceptVersion) {
        return acceptVersion.map(Version::highestIn).orElse(Optional.of(V1_0));
    }

    private static Optional<Version> highestIn(String list) {
        return Stream.of(list.split(",", -1))
                .map(item -> of(item.strip()))
                .flatMap(Optional::stream)
                .max(Comparator.naturalOrder());
    }
}
