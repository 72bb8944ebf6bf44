package footbridge.session;

import footbridge.backend.Settlement.Outcome;
import footbridge.stomp.ServerFrame;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Stream;

/// What a client has put into an open transaction: recorded here, carried out at COMMIT as one
/// transaction of one broker; of several, one after the other, where all rules allow it. Confined
/// to its session.
final class Transaction {

    private final String name;
    private final SequencedMap<String, Part> parts = new LinkedHashMap<>();
    private boolean exact;
    private long bytes;

    /// One frame's part in a transaction.
    ///
    /// @param frame what the client has asked for, in its words
    /// @param bestEffort whether the rule lets the transaction span other brokers, too
    record Member(String backend, String frame, boolean bestEffort) {}

    /// What one broker has to do.
    private static final class Part {
        private final List<SessionAction.Send> sends = new ArrayList<>();
        private final List<Settled> settled = new ArrayList<>();
        private final Set<String> frames = new LinkedHashSet<>();
    }

    /// A message that the COMMIT settles.
    private record Settled(HeldMessage message, Outcome outcome) {}

    Transaction(String name) {
        this.name = name;
    }

    /// Ties the transaction to the broker of a frame.
    ///
    /// @throws Refusal if it would span two, and not all of its rules allow that
    void join(Member member) throws Refusal {
        boolean more = !parts.isEmpty() && !parts.containsKey(member.backend());
        boolean spans = more || parts.size() > 1;
        exact |= !member.bestEffort();
        if (spans && exact) {
            throw new Refusal(
                    ErrorCode.TRANSACTION_SPANS_BACKENDS,
                    "The transaction would span two brokers, which cannot commit together. Use one transaction for each.");
        }
        parts.computeIfAbsent(member.backend(), _ -> new Part()).frames.add(member.frame());
    }

    /// @param send at a broker to which the transaction is tied
    void add(SessionAction.Send send) {
        part(send.target().backend()).sends.add(send);
        bytes += send.message().size();
    }

    void add(String backend, HeldMessage message, Outcome outcome) {
        message.settleWith(name);
        part(backend).settled.add(new Settled(message, outcome));
    }

    private Part part(String backend) {
        return Objects.requireNonNull(parts.get(backend), "not tied to the broker");
    }

    /// How many messages it settles at a broker to which it is tied.
    int settledAt(String backend) {
        return part(backend).settled.size();
    }

    /// What its messages were in it for is forgotten; the client holds them as before.
    void abort() {
        messages().forEach(HeldMessage::holdAgain);
    }

    /// A subscription has ended, and its messages are the broker's again.
    void forget(List<HeldMessage> gone) {
        parts.values()
                .forEach(part -> part.settled.removeIf(entry -> gone.contains(entry.message())));
    }

    int frames() {
        return parts.values().stream()
                .mapToInt(part -> part.sends.size() + part.settled.size())
                .sum();
    }

    /// Octets of the bodies recorded.
    long bytes() {
        return bytes;
    }

    /// The messages that it settles.
    List<HeldMessage> messages() {
        return parts.values().stream()
                .flatMap(part -> part.settled.stream())
                .map(Settled::message)
                .toList();
    }

    /// What is to be done at COMMIT. Of several brokers those that only get messages come first, in
    /// the order of the client's frames: if a later one fails, what it was to settle comes again,
    /// where it would be lost the other way round.
    List<SessionAction> carryOut(Optional<String> receipt) {
        List<String> order = Stream.concat(backends(false), backends(true)).toList();
        List<SessionAction> actions = new ArrayList<>(order.size() + 1);
        BestEffort progress = BestEffort.NONE;
        for (int i = 0; i < order.size(); i++) {
            progress = order.size() == 1 ? BestEffort.NONE : progress(order, i);
            actions.add(commit(order.get(i), receipt, progress));
        }
        Map<String, String> told = progress.spans() ? progress.receipt() : Map.of();
        receipt.ifPresent(value ->
                actions.add(new SessionAction.Reply(new ServerFrame.Receipt(value, told))));
        return actions;
    }

    private Stream<String> backends(boolean settling) {
        return parts.entrySet().stream()
                .filter(entry -> entry.getValue().settled.isEmpty() != settling)
                .map(Map.Entry::getKey);
    }

    private BestEffort progress(List<String> order, int at) {
        return new BestEffort(
                frames(order.subList(0, at)),
                frames(order.subList(at, at + 1)),
                frames(order.subList(at + 1, order.size())));
    }

    private List<String> frames(List<String> backends) {
        return backends.stream().flatMap(backend -> part(backend).frames.stream()).toList();
    }

    private SessionAction.Commit commit(
            String backend, Optional<String> receipt, BestEffort progress) {
        Part part = part(backend);
        return new SessionAction.Commit(
                backend,
                List.copyOf(part.sends),
                part.settled.stream()
                        .map(entry -> settled(entry.message(), entry.outcome()))
                        .toList(),
                receipt,
                progress);
    }

    private static SessionAction.Settled settled(HeldMessage message, Outcome outcome) {
        return new SessionAction.Settled(message.subscription(), message.delivery(), outcome);
    }
}
