package footbridge.session;

import footbridge.backend.Settlement.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a client has put into an open transaction: recorded here, carried out at COMMIT as one
/// transaction of one broker. Confined to its session.
final class Transaction {

    private final String name;
    private final List<SessionAction.Send> sends = new ArrayList<>();
    private final List<Settled> settled = new ArrayList<>();
    private @Nullable String backend;
    private long bytes;

    /// A message that the COMMIT settles.
    record Settled(HeldMessage message, Outcome outcome) {}

    Transaction(String name) {
        this.name = name;
    }

    /// The broker whose transaction this will be; empty while nothing is in it.
    Optional<String> backend() {
        return Optional.ofNullable(backend);
    }

    /// Ties the transaction to a broker.
    ///
    /// @throws Refusal if it is tied to another: no transaction spans two
    void join(String other) throws Refusal {
        if (backend != null && !backend.equals(other)) {
            throw new Refusal(
                    ErrorCode.TRANSACTION_SPANS_BACKENDS,
                    "The transaction would span two brokers, which cannot commit together. Use one transaction for each.");
        }
        backend = other;
    }

    void add(SessionAction.Send send) {
        sends.add(send);
        bytes += send.message().size();
    }

    void add(HeldMessage message, Outcome outcome) {
        message.settleWith(name);
        settled.add(new Settled(message, outcome));
    }

    /// What its messages were in it for is forgotten; the client holds them as before.
    void abort() {
        settled.forEach(entry -> entry.message().holdAgain());
    }

    /// A subscription has ended, and its messages are the broker's again.
    void forget(List<HeldMessage> gone) {
        settled.removeIf(entry -> gone.contains(entry.message()));
    }

    int frames() {
        return sends.size() + settled.size();
    }

    /// Octets of the bodies recorded.
    long bytes() {
        return bytes;
    }

    List<SessionAction.Send> sends() {
        return List.copyOf(sends);
    }

    List<Settled> settled() {
        return List.copyOf(settled);
    }
}
