package footbridge.access;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.LongSupplier;

/// Counts failed logins by address and by login name, so that nobody can try passcodes until one
/// fits. Whoever failed too often is refused until the window of his first failure is over; nobody
/// else waits. Safe for use by any thread; bounded in memory.
public final class FailedLogins {

    private final FailureCounts byAddress;
    private final FailureCounts byLogin;

    /// @param nanos a clock like [System#nanoTime]
    public FailedLogins(LoginLimits limits, LongSupplier nanos) {
        this.byAddress = new FailureCounts(limits.perAddress(), limits.window(), nanos);
        this.byLogin = new FailureCounts(limits.perLogin(), limits.window(), nanos);
    }

    /// How long nobody may log in from this address and by this name; zero if one may.
    ///
    /// @param login empty where the client brings no login name
    public Duration blocked(String address, Optional<String> login) {
        Duration wait = byAddress.blocked(network(address));
        Duration other = login.map(byLogin::blocked).orElse(Duration.ZERO);
        return wait.compareTo(other) > 0 ? wait : other;
    }

    public void failed(String address, Optional<String> login) {
        byAddress.add(network(address));
        login.ifPresent(byLogin::add);
    }

    /// An IPv6 client has a whole network of 2^64 addresses to itself.
    private static String network(String address) {
        if (address.indexOf(':') < 0) {
            return address;
        }
        try {
            return InetAddress.ofLiteral(address) instanceof Inet6Address v6
                    ? HexFormat.of().formatHex(v6.getAddress(), 0, 8)
                    : address;
        } catch (IllegalArgumentException noAddress) {
            return address;
        }
    }
}
