package footbridge.transport;

import io.vertx.core.MultiMap;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The proxies whose word on where a client comes from is taken: `Forwarded` (RFC 7239) or
/// `X-Forwarded-For`. Anybody else could write there what he likes.
public final class TrustedProxies {

    private static final Pattern FOR = Pattern.compile("(?i)(?:^|[;,\\s])for=\"?([^;,\"\\s]+)\"?");
    private static final Pattern WITH_PORT = Pattern.compile("\\[(.+)](?::\\d+)?|([^:]+):\\d+");

    private final List<AddressRange> ranges;

    /// @param proxies addresses and ranges, such as `10.0.0.0/8`
    /// @throws IllegalArgumentException if one of them is none
    public TrustedProxies(Set<String> proxies) {
        this.ranges = proxies.stream().map(AddressRange::of).toList();
    }

    /// Where the client comes from.
    ///
    /// @param peer the other end of the socket
    /// @return empty if that is a proxy which does not tell
    Optional<String> client(String peer, MultiMap headers) {
        if (!trusts(peer)) {
            return Optional.of(peer);
        }
        // Each proxy adds the address that it saw, so the last that is no proxy is the client.
        List<String> path = path(headers);
        Collections.reverse(path);
        return path.stream().filter(hop -> !trusts(hop)).findFirst();
    }

    /// As [#client(String,MultiMap)], for a protocol without headers.
    Optional<String> client(String peer) {
        return trusts(peer) ? Optional.empty() : Optional.of(peer);
    }

    private boolean trusts(String address) {
        return ranges.stream().anyMatch(range -> range.contains(address));
    }

    private static List<String> path(MultiMap headers) {
        List<String> hops = new ArrayList<>();
        String forwarded = String.join(",", headers.getAll("Forwarded"));
        if (forwarded.isEmpty()) {
            for (String hop : String.join(",", headers.getAll("X-Forwarded-For")).split(",", -1)) {
                add(hops, hop.strip());
            }
        } else {
            FOR.matcher(forwarded).results().forEach(hop -> add(hops, hop.group(1)));
        }
        return hops;
    }

    private static void add(List<String> hops, String hop) {
        if (hop.isEmpty()) {
            return;
        }
        Matcher withPort = WITH_PORT.matcher(hop);
        if (!withPort.matches()) {
            hops.add(hop);
        } else {
            hops.add(withPort.group(1) == null ? withPort.group(2) : withPort.group(1));
        }
    }
}
