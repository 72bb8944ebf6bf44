package footbridge.kafka.client;

import java.time.Duration;
import java.util.Set;

/// A producer that rules can name, for records that are better sent in company.
///
/// @param compression `none`, `gzip`, `snappy`, `lz4` or `zstd`
/// @param linger how long a record waits for others to share its batch; 0 for not at all
public record NamedProducer(String compression, Duration linger) {

    private static final Set<String> CODECS = Set.of("none", "gzip", "snappy", "lz4", "zstd");

    public NamedProducer {
        if (!CODECS.contains(compression)) {
            throw new IllegalArgumentException(
                    "compression '%s' must be none, gzip, snappy, lz4 or zstd"
                            .formatted(compression));
        }
        if (linger.isNegative()) {
            throw new IllegalArgumentException("linger %s must not be negative".formatted(linger));
        }
    }

    public boolean compresses() {
        return !compression.equals("none");
    }
}
