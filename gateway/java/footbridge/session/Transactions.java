package footbridge.session;

import footbridge.backend.Settlement.Outcome;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The open transactions of one session, several at once, each bounded. Confined to its session.
final class Transactions {

    private final TransactionLimits limits;
    private final Map<String, Transaction> open = new HashMap<>();

    Transactions(TransactionLimits limits) {
        this.limits = limits;
    }

    void begin(String name) throws Refusal {
        if (open.containsKey(name)) {
            throw new Refusal(
                    ErrorCode.TRANSACTION_IN_USE,
                    "This connection already has an open transaction of that name.");
        }
        if (open.size() >= limits.open()) {
            throw new Refusal(
                    ErrorCode.TOO_MANY_TRANSACTIONS,
                    "A connection may have " + limits.open() + " open transactions.");
        }
        open.put(name, new Transaction(name));
    }

    void send(String name, Transaction.Member member, SessionAction.Send send) throws Refusal {
        Transaction transaction = named(name);
        transaction.join(member);
        transaction.add(send);
        check(transaction);
    }

    void settle(String name, Transaction.Member member, List<HeldMessage> messages, Outcome outcome)
            throws Refusal {
        Transaction transaction = named(name);
        transaction.join(member);
        String backend = member.backend();
        if (limits.singleAck().contains(backend)) {
            checkSingleAck(transaction.settledAt(backend) + messages.size(), outcome);
        }
        messages.forEach(message -> transaction.add(backend, message, outcome));
        check(transaction);
    }

    private static void checkSingleAck(int messages, Outcome outcome) throws Refusal {
        if (outcome != Outcome.ACKNOWLEDGED || messages > 1) {
            throw new Refusal(
                    ErrorCode.UNSUPPORTED,
                    "A transaction of this broker can settle one message, with an ACK: it has one ACK and no NACK.");
        }
    }

    private Transaction named(String name) throws Refusal {
        Transaction transaction = open.get(name);
        if (transaction == null) {
            throw new Refusal(
                    ErrorCode.UNKNOWN_TRANSACTION,
                    "This connection has no open transaction of that name.");
        }
        return transaction;
    }

    private void check(Transaction transaction) throws Refusal {
        if (transaction.frames() > limits.frames() || transaction.bytes() > limits.bytes()) {
            throw new Refusal(
                    ErrorCode.TRANSACTION_TOO_LARGE,
                    "A transaction may hold %d frames and %d octets of bodies."
                            .formatted(limits.frames(), limits.bytes()));
        }
    }

    /// Takes an open transaction out, to be carried out or forgotten; its name is free again (T2).
    Transaction take(String name) throws Refusal {
        Transaction transaction = named(name);
        open.remove(name);
        return transaction;
    }

    /// A subscription has ended, and its messages are the broker's again.
    void forget(List<HeldMessage> gone) {
        open.values().forEach(transaction -> transaction.forget(gone));
    }
}
